import { randomInt } from 'node:crypto';
import { later } from '#kit/clock.ts';
import { isEmail } from '#kit/email.ts';
import { CoreError, invalid } from '#kit/errors.ts';
import { normalisePhone } from '#kit/phone.ts';
import { hashToken, sameDigest } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { queueMessage } from '../messages/queue-message.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import type { Claim } from './claim.ts';
import { holdClaim } from './hold-claim.ts';
import { insertCode } from './store.ts';

/** A way to reach a person: what messages are sent to. */
export interface Contact {
  readonly medium: 'sms' | 'email';
  /** E.164, or an address in lower case. */
  readonly address: string;
}

const codeDigits = 6;
const codeLifeMs = 10 * 60_000;
/** Codes a contact is sent in an hour (decision 3): more is somebody else's telephone being pestered. */
const codesPerHour = 20;
const hourMs = 3_600_000;

/** Reads what a person typed as an e-mail address or a telephone number of the tenant's country. */
export function readContact(tenant: Pick<Tenant, 'country'>, text: string): Contact {
  const trimmed = text.trim();
  if (trimmed.includes('@') && isEmail(trimmed)) return { medium: 'email', address: trimmed.toLowerCase() };
  const phone = trimmed.includes('@') ? undefined : normalisePhone(trimmed, tenant.country);
  if (phone === undefined)
    throw invalid('contact', 'invalid_format', 'contact is neither an e-mail address nor a telephone number');
  return { medium: 'sms', address: phone };
}

export function digestContact(core: Pick<Core, 'pepper'>, { address }: Contact): Buffer {
  return hashToken(core.pepper, `contact:${address}`);
}

/**
 * Sends a one-time code to a person who wants to claim, or to go on with what they claimed. Refused as
 * `operation_forbidden` where somebody else has claimed it or it is cancelled, as `rate_limited` where the contact was
 * sent too many.
 */
export async function sendCode(core: Core, tenant: Tenant, claim: Claim, contact: Contact): Promise<void> {
  const contactDigest = digestContact(core, contact);
  const wallNow = core.clock.now();
  const id = core.ids.uuid();
  const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
  await core.database.transaction(async (transaction) => {
    requireClaimable(await holdClaim(transaction, tenant.id, claim.id), contactDigest);
    const row = {
      tenantId: tenant.id,
      id,
      claimId: claim.id,
      contactDigest,
      codeDigest: digestCode(core, id, code),
      createdAt: wallNow,
      expiresAt: later(wallNow, codeLifeMs),
    };
    if (!(await insertCode(transaction, row, codesPerHour, later(wallNow, -hourMs))))
      throw new CoreError('rate_limited', 'Too many codes were sent there; try again in an hour.');
    await queueMessage(core, transaction, {
      tenantId: tenant.id,
      medium: contact.medium,
      recipient: contact.address,
      subject: contact.medium === 'email' ? `Your code for ${tenant.name}` : null,
      body: `${code} is your code for ${tenant.name}. It is good for ten minutes.`,
      linkId: null,
      kind: 'code',
      optOutUrl: null,
      requestKey: `code:${id}`,
      createdAt: businessNow(core.clock, tenant),
    });
  });
}

/** Refuses, as `operation_forbidden`, a person who is not the one that claimed it. */
export function requireClaimable(claim: Claim, contactDigest: Buffer): void {
  if (claim.status === 'cancelled') throw new CoreError('operation_forbidden', 'The payment was cancelled.');
  if (claim.contactDigest !== null && !sameDigest(claim.contactDigest, contactDigest))
    throw new CoreError('operation_forbidden', 'Somebody else has claimed this payment.');
}

/** A code is short: its digest is bound to its row, so that equal codes do not look equal. */
export function digestCode(core: Pick<Core, 'pepper'>, id: string, code: string): Buffer {
  return hashToken(core.pepper, `code:${id}:${code}`);
}
