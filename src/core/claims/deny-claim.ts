import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import { formatMoney } from '#kit/format-money.ts';
import type { ClaimId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import type { Answer, Call, Core } from '../core.ts';
import { readCustomers } from '../customers/read-customers.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { queueMessage } from '../messages/queue-message.ts';
import { giveBackAll } from '../payments/give-back-all.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { Claim } from './claim.ts';
import { holdClaim } from './hold-claim.ts';
import { moveClaim } from './move-claim.ts';

/**
 * The operator's word that a claim is not fulfilled: what was paid goes back to the card, and the payer is told.
 * `operation_forbidden` unless it is paid and not settled.
 */
export async function denyClaim(
  core: Core,
  call: Call,
  { id, reason }: { id: string; reason: string },
): Promise<Answer<{ claimId: ClaimId }>> {
  return runOnce(core, call, async (transaction) => {
    const claim = await holdClaim(transaction, call.tenant.id, id);
    if (claim.status !== 'pending' || claim.paymentId === null)
      throw new CoreError('operation_forbidden', `The claim is ${claim.status}, not pending.`);
    await giveBackAll(core, transaction, claim, { paymentId: claim.paymentId, reason });
    const at = businessNow(core.clock, call.tenant);
    await moveClaim(core, transaction, claim, { to: 'denied', reason, at });
    await tellPayer(core, transaction, call, claim);
    return { claimId: claim.id };
  });
}

async function tellPayer(core: Core, transaction: Transaction, call: Call, claim: Claim): Promise<void> {
  if (claim.customerId === null) return;
  const payer = (await readCustomers(transaction, claim.tenantId, [claim.customerId])).get(claim.customerId);
  const recipient = payer?.email ?? payer?.phone;
  if (payer === undefined || !recipient) return;
  const amount = formatMoney(money(claim.amount, claim.currency), 'en-GB');
  await queueMessage(core, transaction, {
    tenantId: claim.tenantId,
    medium: payer.email === null ? 'sms' : 'email',
    recipient,
    subject: payer.email === null ? null : `Your payment to ${call.tenant.name}`,
    body: `${call.tenant.name} could not fulfil your order. ${amount} goes back to your card.`,
    linkId: null,
    kind: 'notice',
    optOutUrl: null,
    requestKey: `denied:${claim.id}`,
    createdAt: businessNow(core.clock, call.tenant),
  });
}
