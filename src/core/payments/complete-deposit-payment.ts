import type { Transaction } from '#db/database.ts';
import type { OperationId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { accounts } from '#ledger/accounts.ts';
import { post } from '#ledger/post.ts';
import type { Core } from '../core.ts';
import { issueReceipt } from '../documents/issue-receipt.ts';
import type { Link } from '../links/link.ts';
import { moveLink } from '../links/move-link.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import { holdOperation } from '../operations/read-operations.ts';
import { settleOperation } from '../operations/settle-operation.ts';
import { type Funds, movePayment } from './move-payment.ts';
import type { Payment } from './payment.ts';

/**
 * Completes a payment whose whole amount is matched by deposits: the payment, the ledger, the link, the receipt. Its
 * charge is written as one approved operation, so that refunds and the audit find what they find of every other. The
 * caller holds link and payment.
 */
export async function completeDepositPayment(
  core: Core,
  transaction: Transaction,
  held: { payment: Payment; link: Link | undefined },
  news: { bankReference: string; funds: Funds; reason: string; at: Date },
): Promise<Payment> {
  const amount = money(held.payment.amount, held.payment.currency);
  const operationId = await writeCharge(core, transaction, held.payment, news.bankReference);
  const payment = await movePayment(core, transaction, held.payment, {
    to: 'completed',
    reason: news.reason,
    at: news.at,
    captured: amount.minor,
    funds: news.funds,
  });
  post(core.ids, transaction, {
    tenantId: payment.tenantId,
    kind: 'charge',
    reference: `charge:${operationId}`,
    paymentId: payment.id,
    movements: [{ debit: accounts.matchedDeposits, credit: accounts.receipts, amount }],
    at: news.at,
  });
  await issueReceipt(core, transaction, payment, news.at);
  if (held.link !== undefined) {
    const move = { to: 'completed' as const, reason: news.reason, at: news.at, paymentId: payment.id };
    await moveLink(core, transaction, held.link, move);
  }
  return payment;
}

async function writeCharge(
  core: Core,
  transaction: Transaction,
  payment: Payment,
  bankReference: string,
): Promise<OperationId> {
  const id = core.ids.uuid() as OperationId;
  const now = core.clock.now();
  await intendOperations(
    core,
    transaction,
    [
      {
        id,
        tenantId: payment.tenantId,
        paymentId: payment.id,
        kind: 'purchase',
        connector: payment.connector,
        reference: core.ids.reference(),
        originalReference: null,
        cardId: null,
        byPage: false,
        currency: payment.currency,
        amount: payment.amount,
        reason: 'deposit',
        parameters: {},
        sentAt: now,
        attemptEndsAt: null,
        nextInquiryAt: now,
      },
    ],
    now,
  );
  await settleOperation(core, transaction, await holdOperation(transaction, payment.tenantId, id), {
    kind: 'approved',
    processorReference: bankReference,
    amount: money(payment.amount, payment.currency),
    code: '00',
  });
  return id;
}
