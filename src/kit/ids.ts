import { randomFillSync } from 'node:crypto';
import { type Clock, wallClock } from './clock.ts';

/** A string that is the id of one kind of thing; the brand keeps a link's id out of a payment's place. */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

export type TenantId = Id<'tenant'>;
export type MerchantId = Id<'merchant'>;
export type OrderId = Id<'order'>;
export type LinkId = Id<'link'>;
export type ClaimId = Id<'claim'>;
export type UploadId = Id<'upload'>;
export type PaymentId = Id<'payment'>;
export type OperationId = Id<'operation'>;
export type EventId = Id<'event'>;
export type CallbackId = Id<'callback'>;
export type MessageId = Id<'message'>;
export type CustomerId = Id<'customer'>;
export type CredentialId = Id<'credential'>;
export type DocumentId = Id<'document'>;
export type AllocationId = Id<'allocation'>;
export type DisbursementId = Id<'disbursement'>;
export type PayoutId = Id<'payout'>;
export type DepositId = Id<'deposit'>;
export type AttachmentId = Id<'attachment'>;
export type CardId = Id<'card'>;
export type SubscriptionId = Id<'subscription'>;

/** Where ids and secrets come from: a parameter, so that a test can make them predictable. */
export interface IdSource {
  /** A lower-case UUID in the form of version 4, greater than those of earlier milliseconds. */
  uuid(): string;
  /** `bytes` random bytes as unpadded base64url. */
  token(bytes: number): string;
  /** Sixteen characters of base 32: the longest reference every supported processor takes as ours. */
  reference(): string;
}

const base32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The operating system's random source, and the machine's clock. */
export const randomIds: IdSource = idsAt(wallClock);

export function idsAt(clock: Clock): IdSource {
  return {
    uuid: () => orderedUuid(clock.now()),
    token: (bytes) => takeRandom(bytes).toString('base64url'),
    reference: () => Array.from(takeRandom(16), (byte) => base32[byte & 31]).join(''),
  };
}

/**
 * Milliseconds, then 74 random bits: the layout of RFC 9562's version 7, but under the version that the APIs we speak
 * document. What is made together stands together in every index. Of ids of chance alone each is on another page, which
 * the first change after a checkpoint writes to the log whole: in a large database, ten times what is written.
 */
function orderedUuid(at: Date): string {
  const bytes = takeRandom(16);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Asked for in stock: asking the system for each token costs more than the token. */
const stock = Buffer.alloc(8_192);
let used = stock.length;

/** Random bytes that nobody gets twice: they are gone from the stock once copied out. */
function takeRandom(bytes: number): Buffer {
  if (used + bytes > stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  const taken = Buffer.from(stock.subarray(used, used + bytes));
  stock.fill(0, used, used + bytes);
  used += bytes;
  return taken;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}
