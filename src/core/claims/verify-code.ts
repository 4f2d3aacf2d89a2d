import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { CustomerId } from '#kit/ids.ts';
import { hashToken, sameDigest } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { addCustomers } from '../customers/add-customers.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import type { Claim } from './claim.ts';
import { holdClaim } from './hold-claim.ts';
import { moveClaim } from './move-claim.ts';
import { type Contact, digestCode, digestContact, requireClaimable } from './send-code.ts';
import { lockLatestCode, updateCode, updateSession } from './store.ts';

/** Wrong tries that spend a code (decision 3). */
const maxWrongTries = 5;

/** Bytes of randomness in a payer's session. */
const sessionBytes = 32;

/**
 * Has the person who read the code claim the payment, or go on with it, and answers a new session for them; earlier ones
 * are over. A wrong, spent or expired code is one and the same `operation_forbidden`; so is a payment that somebody else
 * has claimed.
 */
export async function verifyCode(
  core: Core,
  tenant: Tenant,
  claim: Claim,
  proof: { contact: Contact; code: string },
): Promise<string> {
  const contactDigest = digestContact(core, proof.contact);
  const session = core.ids.token(sessionBytes);
  // A wrong try is written down, so the refusal comes after the commit.
  const accepted = await core.database.transaction(async (transaction) => {
    const held = await holdClaim(transaction, tenant.id, claim.id);
    requireClaimable(held, contactDigest);
    if (!(await takeCode(core, transaction, held, { contactDigest, code: proof.code }))) return false;
    await updateSession(transaction, held, hashToken(core.pepper, `session:${session}`));
    if (held.status === 'initial') await claimFor(core, transaction, tenant, held, proof.contact);
    return true;
  });
  if (!accepted) throw new CoreError('operation_forbidden', 'The code is wrong or has been used up.');
  return session;
}

async function takeCode(
  core: Core,
  transaction: Transaction,
  claim: Claim,
  proof: { contactDigest: Buffer; code: string },
): Promise<boolean> {
  const now = core.clock.now();
  const latest = await lockLatestCode(transaction, claim, proof.contactDigest, now);
  if (latest === undefined || latest.wrongTries >= maxWrongTries) return false;
  const right = sameDigest(latest.codeDigest, digestCode(core, latest.id, proof.code.trim()));
  await updateCode(transaction, claim.tenantId, latest.id, {
    wrongTries: right ? latest.wrongTries : latest.wrongTries + 1,
    usedAt: right ? now : null,
  });
  return right;
}

async function claimFor(
  core: Core,
  transaction: Transaction,
  tenant: Tenant,
  claim: Claim,
  contact: Contact,
): Promise<void> {
  const at = businessNow(core.clock, tenant);
  const customerId = core.ids.uuid() as CustomerId;
  await addCustomers(transaction, [
    {
      id: customerId,
      tenantId: tenant.id,
      firstName: null,
      lastName: null,
      email: contact.medium === 'email' ? contact.address : null,
      phone: contact.medium === 'sms' ? contact.address : null,
      reference: null,
      createdAt: at,
    },
  ]);
  const payer = { customerId, contactDigest: digestContact(core, contact) };
  await moveClaim(core, transaction, claim, { to: 'claimed', reason: 'claimed by a payer', at, payer });
}

/** Whether the session is the one of the person who claimed it. */
export function isSessionOf(core: Pick<Core, 'pepper'>, claim: Claim, session: string | undefined): boolean {
  if (session === undefined || claim.sessionDigest === null) return false;
  return sameDigest(claim.sessionDigest, hashToken(core.pepper, `session:${session}`));
}
