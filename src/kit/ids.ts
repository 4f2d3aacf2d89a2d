import { randomFillSync, randomUUID } from 'node:crypto';

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
  /** A lower-case version 4 UUID. */
  uuid(): string;
  /** `bytes` random bytes as unpadded base64url. */
  token(bytes: number): string;
  /** Sixteen characters of base 32: the longest reference every supported processor takes as ours. */
  reference(): string;
}

const base32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The operating system's random source. */
export const randomIds: IdSource = {
  uuid: () => randomUUID(),
  token: (bytes) => takeRandom(bytes).toString('base64url'),
  reference: () => Array.from(takeRandom(16), (byte) => base32[byte & 31]).join(''),
};

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
