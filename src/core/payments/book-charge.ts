import type { Transaction } from '#db/database.ts';
import { money } from '#kit/money.ts';
import { accounts } from '#ledger/accounts.ts';
import { post } from '#ledger/post.ts';
import { followPayment } from '../claims/follow-payment.ts';
import type { Core } from '../core.ts';
import { releaseFunds } from '../deposits/release-funds.ts';
import { issueReceipt } from '../documents/issue-receipt.ts';
import { freeLink } from '../links/hold-link.ts';
import { moveLink } from '../links/move-link.ts';
import type { Finding, Operation } from '../operations/operation.ts';
import { allocateLateNews } from './allocate-late-news.ts';
import type { HeldPayment } from './hold-payment.ts';
import { intendRefund } from './intend-refund.ts';
import { movePayment } from './move-payment.ts';
import { isActive } from './payment.ts';

/** Everything an outcome may change, locked in the one order everybody locks in: link, payment, operation. */
export interface Held extends HeldPayment {
  readonly operation: Operation;
}

/**
 * Books a charge or a capture that the processor approved: the payment, the ledger, the link, the receipt. Money that
 * came is booked whatever state the attempt was in; if another payment has paid the link already, or what was held had
 * been let go, it is given back.
 */
export async function bookCharge(
  core: Core,
  transaction: Transaction,
  held: Held,
  finding: Extract<Finding, { kind: 'approved' }>,
  at: Date,
): Promise<void> {
  const { link, claim, operation } = held;
  const amount = money(operation.amount, operation.currency);
  const surplus = whySurplus(held, finding);
  const payment = await movePayment(core, transaction, held.payment, {
    to: 'completed',
    reason: surplus === undefined ? 'approved' : `approved, but ${surplus}`,
    at,
    captured: amount.minor,
    superseded: surplus !== undefined,
  });
  post(core.ids, transaction, {
    tenantId: payment.tenantId,
    kind: 'charge',
    reference: `charge:${operation.id}`,
    paymentId: payment.id,
    movements: [
      {
        debit: accounts.processor(operation.connector),
        credit: surplus !== undefined ? accounts.overpaid : accounts.receipts,
        amount,
      },
    ],
    at,
  });
  if (!isActive(held.payment.status)) await allocateLateNews(core, transaction, payment, at);
  if (surplus !== undefined) {
    await intendRefund(core, transaction, {
      payment,
      charge: { ...operation, processorReference: finding.processorReference },
      amount: amount.minor,
      reason: surplus,
      sendNow: false,
    });
    return;
  }
  await issueReceipt(core, transaction, payment, at);
  if (claim !== undefined) await followPayment(core, transaction, claim, payment, at);
  if (link === undefined) return;
  await releaseFunds(core, transaction, link, at);
  await freeLink(transaction, link, payment.id);
  await moveLink(core, transaction, link, { to: 'completed', reason: 'paid', at, paymentId: payment.id });
}

/** Why money that came is nobody's to keep; undefined where it is wanted. */
export function whySurplus(held: Held, finding?: Approval): string | undefined {
  const { link, plan, payment } = held;
  if (payment.status === 'cancelled') return 'it had been let go';
  if (plan?.isPaidOtherwise === true) return 'the cycle was paid already';
  // Somebody enrolled on a page that was still open. Of a plan that had begun, what was due is taken.
  if (plan?.subscription.anchorAt === null && plan.subscription.status === 'cancelled')
    return 'the subscription was cancelled';
  if (finding !== undefined && !isCardKept(held, finding)) return 'the card could not be kept';
  const unclaimed = whyUnclaimed(held);
  if (unclaimed !== undefined) return unclaimed;
  const paidOtherwise = link !== undefined && link.paymentId !== null && link.paymentId !== payment.id;
  return paidOtherwise ? 'the link was paid already' : undefined;
}

type Approval = Extract<Finding, { kind: 'approved' }>;

/** A plan cannot go on from a card whose token the processor did not give. */
function isCardKept({ plan, operation }: Held, { token }: Approval): boolean {
  return plan === undefined || !operation.byPage || token !== undefined;
}

function whyUnclaimed({ claim, payment }: HeldPayment): string | undefined {
  if (claim?.status === 'cancelled') return 'what it was to pay was cancelled';
  const paidOtherwise = claim !== undefined && claim.paymentId !== null && claim.paymentId !== payment.id;
  return paidOtherwise ? 'it was paid already' : undefined;
}
