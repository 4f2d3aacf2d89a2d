import type { Transaction } from '#db/database.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { type AskedAnew, changeAsked } from '../payments/change-asked.ts';
import { completeDepositPayment } from '../payments/complete-deposit-payment.ts';
import { type HeldPayment, holdWhole } from '../payments/hold-payment.ts';
import { isFunded, type Payment } from '../payments/payment.ts';
import { findPayment } from '../payments/read-payment.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { Deposit } from './deposit.ts';
import { countsOf } from './fund-payment.ts';
import { moveDeposit } from './move-deposit.ts';
import { lockOfPayment } from './store.ts';

export interface ReconcileInput {
  readonly orderId: string;
  readonly paymentId: string;
  /** What was paid for after all; absent says that what was asked for was. */
  readonly items?: AskedAnew;
}

/**
 * Completes a payment with what has come for it. Without items it must be exactly what was asked (`operation_forbidden`);
 * with items they must come to exactly what has been received (`total_mismatch`), and the payment is about them from now
 * on. `operation_forbidden` while nothing has come, or once the payment is over.
 */
export async function reconcileFunding(
  core: Core,
  call: Call,
  input: ReconcileInput,
): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const { link, payment } = await hold(transaction, call, input);
    if (!isFunded(payment.status))
      throw new CoreError(
        'operation_forbidden',
        `The payment is ${payment.status}: there is nothing to reconcile.`,
      );
    const deposits = await lockOfPayment(transaction, payment.tenantId, payment.id);
    const receivedTotal = deposits.reduce((sum, one) => sum + countsOf(one), 0n);
    requireAgreement(payment, input, receivedTotal);
    const at = businessNow(core.clock, call.tenant);
    for (const deposit of deposits) await matchSurplus(core, transaction, deposit, at);
    const { items } = input;
    const asked = items === undefined ? payment : await changeAsked(transaction, payment, items);
    const bankReference = deposits.at(-1)?.bankReference ?? '';
    const funds = { received: 0n, receivedTotal };
    const news = { bankReference, funds, reason: 'reconciled by the tenant', at };
    await completeDepositPayment(core, transaction, { payment: asked, link }, news);
    return {};
  });
}

async function hold(transaction: Transaction, { tenant }: Call, input: ReconcileInput): Promise<HeldPayment> {
  const seen = await findPayment(transaction, tenant, input.paymentId);
  if (seen.orderId !== input.orderId.toLowerCase()) throw notFound('payment');
  return holdWhole(transaction, tenant.id, seen.id);
}

function requireAgreement(payment: Payment, { items }: ReconcileInput, receivedTotal: bigint): void {
  if (items === undefined && payment.status !== 'funded')
    throw new CoreError(
      'operation_forbidden',
      `The payment is ${payment.status}; say by order items what the received ${receivedTotal} is for.`,
    );
  if (items !== undefined && items.amount !== receivedTotal)
    throw new CoreError(
      'total_mismatch',
      `The items come to ${items.amount}, not to the received ${receivedTotal}.`,
    );
}

/** What was more than asked for is part of what is paid now. */
async function matchSurplus(core: Core, transaction: Transaction, deposit: Deposit, at: Date): Promise<void> {
  if (deposit.surplus === 0n) return;
  const to = { matched: deposit.surplus };
  await moveDeposit(core, transaction, deposit, { from: 'surplus', to, event: 'reconciled', at });
}
