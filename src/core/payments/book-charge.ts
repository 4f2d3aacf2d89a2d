import type { Transaction } from '#db/database.ts';
import { money } from '#kit/money.ts';
import { accounts } from '#ledger/accounts.ts';
import { post } from '#ledger/post.ts';
import type { Core } from '../core.ts';
import { releaseFunds } from '../deposits/release-funds.ts';
import { issueReceipt } from '../documents/issue-receipt.ts';
import { freeLink } from '../links/hold-link.ts';
import type { Link } from '../links/link.ts';
import { moveLink } from '../links/move-link.ts';
import type { Finding, Operation } from '../operations/operation.ts';
import { intendRefund } from './intend-refund.ts';
import { movePayment } from './move-payment.ts';
import type { Payment } from './payment.ts';

/** Everything an outcome may change, locked in the one order everybody locks in: link, payment, operation. */
export interface Held {
  readonly link: Link | undefined;
  readonly payment: Payment;
  readonly operation: Operation;
}

/**
 * Books a charge that the processor approved: the payment, the ledger, the link, the receipt. Money that came is
 * booked whatever state the attempt was in; if another payment has paid the link already, this one is given back.
 */
export async function bookCharge(
  core: Core,
  transaction: Transaction,
  held: Held,
  finding: Extract<Finding, { kind: 'approved' }>,
  at: Date,
): Promise<void> {
  const { link, operation } = held;
  const amount = money(operation.amount, operation.currency);
  const superseded = link !== undefined && link.paymentId !== null && link.paymentId !== held.payment.id;
  const payment = await movePayment(core, transaction, held.payment, {
    to: 'completed',
    reason: superseded ? 'approved, but the link was paid already' : 'approved',
    at,
    captured: amount.minor,
    superseded,
  });
  await post(core.ids, transaction, {
    tenantId: payment.tenantId,
    kind: 'charge',
    reference: `charge:${operation.id}`,
    paymentId: payment.id,
    movements: [
      {
        debit: accounts.processor(operation.connector),
        credit: superseded ? accounts.overpaid : accounts.receipts,
        amount,
      },
    ],
    at,
  });
  if (superseded) {
    await intendRefund(core, transaction, {
      payment,
      charge: { ...operation, processorReference: finding.processorReference },
      amount: amount.minor,
      reason: 'the link was paid already',
      sendNow: false,
    });
    return;
  }
  await issueReceipt(core, transaction, payment, at);
  if (link === undefined) return;
  await releaseFunds(core, transaction, link, at);
  await freeLink(transaction, link, payment.id);
  await moveLink(core, transaction, link, { to: 'completed', reason: 'paid', at, paymentId: payment.id });
}
