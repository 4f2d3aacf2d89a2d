import type { Transaction } from '#db/database.ts';
import type { Core } from '../core.ts';
import type { Link } from '../links/link.ts';
import { completeDepositPayment } from '../payments/complete-deposit-payment.ts';
import { movePayment } from '../payments/move-payment.ts';
import type { Payment } from '../payments/payment.ts';
import { type Deposit, type DepositReference, fundingOf } from './deposit.ts';

/** What of a deposit counts for its payment: what was given back does not. */
export function countsOf(deposit: Pick<Deposit, 'matched' | 'surplus'>): bigint {
  return deposit.matched + deposit.surplus;
}

/**
 * Moves a payment to where a new deposit takes it: underfunded, funded or overfunded; exactly its amount completes it,
 * and its link, unless the tenant wants to do so itself. The caller holds link, payment and deposits.
 */
export async function fundPayment(
  core: Core,
  transaction: Transaction,
  held: { payment: Payment; link: Link | undefined },
  news: { reference: DepositReference; deposit: Deposit; before: readonly Deposit[]; at: Date },
): Promise<void> {
  const { deposit, before, at } = news;
  const received = countsOf(deposit);
  const receivedTotal = before.reduce((sum, one) => sum + countsOf(one), received);
  const funds = { received, receivedTotal };
  const to = fundingOf(held.payment.amount, receivedTotal);
  if (to === 'funded' && news.reference.completeWhenFunded) {
    const { bankReference } = deposit;
    await completeDepositPayment(core, transaction, held, {
      bankReference,
      funds,
      reason: 'paid by deposit',
      at,
    });
    return;
  }
  await movePayment(core, transaction, held.payment, { to, reason: 'a deposit came', at, funds });
}
