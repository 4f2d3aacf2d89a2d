import type { Transaction } from '#db/database.ts';
import { CoreError, invalid } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireAccount } from '../payouts/create-payout.ts';
import type { PayoutOrder } from '../payouts/order.ts';
import { orderPayouts } from '../payouts/order-payouts.ts';
import type { PayoutId } from '../payouts/payout.ts';
import { requireOrders } from '../payouts/require-orders.ts';
import { type BatchId, type PayoutBatch, requireBatch } from './batch.ts';
import { holdBatch } from './hold-batch.ts';
import { readBatch } from './read-batch.ts';
import { addToBatch } from './store.ts';

/** As many as a batch holds: its details are told in one answer. */
const maxPayouts = 10_000;

/** Totals are told as JSON numbers, exact to the cent. */
const maxTotalCents = 900_000_000_000_000n;

export interface Addition {
  readonly id: string;
  readonly payments: readonly {
    readonly order: PayoutOrder;
    /** Where it is given, that of the batch. */
    readonly accountId: string | undefined;
  }[];
}

/**
 * Orders payouts into a batch that is not started: all of them or, where one is wrong, none. One that the batch has already
 * is not added again. Answers the payouts in the order of the request.
 */
export async function addPayouts(
  core: Core,
  call: Call,
  { id, payments }: Addition,
): Promise<Answer<{ batchId: BatchId; payoutIds: PayoutId[] }>> {
  const { accountId } = await readBatch(core, call.tenant, id);
  const strange = payments.findIndex((one) => one.accountId !== undefined && one.accountId !== accountId);
  if (strange >= 0) {
    const property = `payments.${strange}.accountId`;
    throw invalid(property, 'invalid_format', `${property}: is not the account of the batch`);
  }
  const orders = payments.map(({ order }) => order);
  await requireOrders(core, call, orders, 'payments');
  const account = await requireAccount(core, call.tenant.id, accountId);
  return runOnce(core, call, async (transaction) => {
    const batch = await holdBatch(transaction, call.tenant, id);
    requireBatch(batch, 'add');
    const { ids, added } = await orderPayouts(core, call, transaction, {
      account,
      batchId: batch.id,
      orders,
    });
    await count(transaction, batch, {
      payouts: added.length,
      total: added.reduce((total, { amount }) => total + amount, 0n),
    });
    return { batchId: batch.id, payoutIds: ids };
  });
}

async function count(
  transaction: Transaction,
  batch: PayoutBatch,
  added: Pick<PayoutBatch, 'total' | 'payouts'>,
): Promise<void> {
  if (batch.payouts + added.payouts > maxPayouts)
    throw new CoreError('conflict', `A batch holds at most ${maxPayouts} payments.`);
  if (batch.total + added.total > maxTotalCents)
    throw new CoreError('conflict', 'A batch of that total cannot be told exactly: divide it.');
  await addToBatch(transaction, batch, added);
}
