import type { Transaction } from '#db/database.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import type { DepositId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { holdLink } from '../links/hold-link.ts';
import type { Link } from '../links/link.ts';
import { completeDepositPayment } from '../payments/complete-deposit-payment.ts';
import { holdPayment } from '../payments/hold-payment.ts';
import { movePayment } from '../payments/move-payment.ts';
import { isFunded, type Payment } from '../payments/payment.ts';
import { businessNow } from '../tenants/tenant.ts';
import { type Deposit, divide, fundingOf } from './deposit.ts';
import { findReferenceOf } from './find-reference.ts';
import { countsOf } from './fund-payment.ts';
import { moveDeposit } from './move-deposit.ts';
import { readDeposit } from './read-deposits.ts';
import { insertReturn, lockDeposit, lockOfPayment, selectReturn } from './store.ts';

export interface ReturnInput {
  readonly depositId: string;
  /** Minor units; `'all'` is everything that is nobody's: what is surplus and what is unallocated. */
  readonly amount: bigint | 'all';
  /** The bank's own name for the transfer back. */
  readonly bankReference: string;
}

/**
 * Books that money of a deposit was transferred back: of what is surplus first, then of what is unallocated; never of
 * what pays for something (`amount_exceeds_available`). A payment that was overfunded and no longer is, is completed. The
 * bank's reference makes it one return, told once or often; told of another deposit or amount it is a `conflict`.
 */
export async function returnDeposit(
  core: Core,
  call: Call,
  input: ReturnInput,
): Promise<Answer<{ depositId: DepositId }>> {
  return runOnce(core, call, async (transaction) => {
    const at = businessNow(core.clock, call.tenant);
    const held = await hold(transaction, call, input.depositId);
    const { deposit } = held;
    const known = await selectReturn(transaction, deposit.tenantId, input.bankReference);
    const amount = input.amount === 'all' ? (known?.amount ?? available(deposit)) : input.amount;
    if (known !== undefined) {
      if (known.depositId === deposit.id && known.amount === amount) return { depositId: deposit.id };
      throw new CoreError('conflict', 'This bankReference was told before of another return.');
    }
    requireAvailable(deposit, amount);
    const id = core.ids.uuid();
    const { bankReference } = input;
    const row = {
      tenantId: deposit.tenantId,
      id,
      depositId: deposit.id,
      bankReference,
      amount,
      createdAt: at,
    };
    if (!(await insertReturn(transaction, row)))
      throw new CoreError('conflict', 'This bankReference was told before of another return.');
    await giveBack(core, transaction, held, amount, at);
    return { depositId: deposit.id };
  });
}

interface Held {
  readonly link: Link | undefined;
  readonly payment: Payment | undefined;
  readonly deposit: Deposit;
}

/** In the one order everybody locks in: link, payment, deposit. */
async function hold(transaction: Transaction, { tenant }: Call, depositId: string): Promise<Held> {
  const seen = await readDeposit({ database: transaction }, tenant, depositId);
  const link = seen.linkId === null ? undefined : await holdLink(transaction, tenant.id, seen.linkId);
  const payment =
    seen.paymentId === null ? undefined : await holdPayment(transaction, tenant.id, seen.paymentId);
  const deposit = await lockDeposit(transaction, tenant.id, seen.id);
  if (deposit === undefined) throw notFound('deposit');
  if (deposit.paymentId !== seen.paymentId || deposit.linkId !== seen.linkId)
    throw new CoreError('conflict', 'The deposit was matched meanwhile; read it again.');
  return { link, payment, deposit };
}

function available(deposit: Deposit): bigint {
  return deposit.surplus + deposit.unallocated;
}

function requireAvailable(deposit: Deposit, amount: bigint): void {
  if (amount > 0n && amount <= available(deposit)) return;
  throw new CoreError(
    'amount_exceeds_available',
    `Only ${available(deposit)} of ${deposit.amount} is there to give back.`,
  );
}

async function giveBack(
  core: Core,
  transaction: Transaction,
  held: Held,
  amount: bigint,
  at: Date,
): Promise<void> {
  // What of the amount the surplus does not cover comes from what is unallocated.
  const { matched: ofSurplus, surplus: ofUnallocated } = divide(amount, held.deposit.surplus);
  let deposit = held.deposit;
  for (const [from, returned] of [
    ['surplus', ofSurplus],
    ['unallocated', ofUnallocated],
  ] as const) {
    if (returned > 0n)
      deposit = await moveDeposit(core, transaction, deposit, {
        from,
        to: { returned },
        event: 'returned',
        at,
      });
  }
  const { payment, link } = held;
  if (payment === undefined || !isFunded(payment.status)) return;
  const deposits = await lockOfPayment(transaction, payment.tenantId, payment.id);
  const receivedTotal = deposits.reduce((sum, one) => sum + countsOf(one), 0n);
  const funds = { received: 0n, receivedTotal };
  const reason = 'surplus was given back';
  const to = fundingOf(payment.amount, receivedTotal);
  const of = link === undefined ? { paymentId: payment.id } : { linkId: link.id };
  const reference = await findReferenceOf(transaction, payment.tenantId, of);
  if (to === 'funded' && reference?.completeWhenFunded !== false) {
    const { bankReference } = deposit;
    await completeDepositPayment(core, transaction, { payment, link }, { bankReference, funds, reason, at });
    return;
  }
  await movePayment(core, transaction, payment, { to, reason, at, funds });
}
