import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import type { PayoutAccount } from '../payout-accounts/account.ts';
import { eventOf } from './move-payouts.ts';
import type { PayoutOrder } from './order.ts';
import type { Payout, PayoutId } from './payout.ts';
import { preparePayout } from './prepare-payout.ts';
import { insertPayouts, selectByReferences } from './store.ts';

/**
 * Orders payouts into a batch that the caller holds. Answers the id of each, in order, and those that are new. `conflict`
 * where a reference was used before for another payment.
 */
export async function orderPayouts(
  core: Core,
  call: Call,
  transaction: Transaction,
  ordered: {
    readonly account: PayoutAccount;
    readonly batchId: string;
    readonly orders: readonly PayoutOrder[];
  },
): Promise<{ readonly ids: PayoutId[]; readonly added: readonly Payout[] }> {
  const { account, batchId, orders } = ordered;
  const prepared = orders.map((order) => preparePayout(core, call, { account, order, batchId }));
  // In one order everywhere: two that use the same references at once wait for each other.
  const sorted = prepared.toSorted((a, b) => (a.payout.reference < b.payout.reference ? -1 : 1));
  const made = new Set(await insertPayouts(transaction, sorted));
  const added = prepared.map(({ payout }) => payout).filter(({ id }) => made.has(id));
  await recordEvents(
    core,
    transaction,
    added.map((payout) => eventOf(payout, 'payout.created', payout.createdAt)),
  );
  const before = prepared.filter(({ payout }) => !made.has(payout.id)).map(({ payout }) => payout);
  const found = await findSame(transaction, call, before);
  return { ids: prepared.map(({ payout }) => (made.has(payout.id) ? payout.id : found(payout))), added };
}

/** The payouts that have these references already, each ordered the same way. */
async function findSame(
  transaction: Transaction,
  { tenant }: Call,
  repeated: readonly Payout[],
): Promise<(payout: Payout) => PayoutId> {
  const references = repeated.map(({ reference }) => reference);
  const rows = references.length === 0 ? [] : await selectByReferences(transaction, tenant.id, references);
  const byReference = new Map(rows.map((row) => [row.reference, row]));
  return ({ reference, inputHash }) => {
    const found = byReference.get(reference);
    if (found?.inputHash.equals(inputHash) === true) return found.id;
    throw new CoreError(
      'conflict',
      `The issuerReferenceId ${reference} was used before for another payment.`,
    );
  };
}
