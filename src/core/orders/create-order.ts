import { groupCommit } from '#db/group-commit.ts';
import type { Currency } from '#kit/currency.ts';
import type { OrderId } from '#kit/ids.ts';
import type { Share } from '../allocations/allocation.ts';
import type { Answer, Call, Core } from '../core.ts';
import { type Asked, runTogether } from '../idempotency/run-together.ts';
import { requireKnownMerchants } from '../merchants/read-merchants.ts';
import { openOrders } from './open-orders.ts';

export interface CreateOrderInput {
  readonly currency: Currency;
  readonly splitParameters: Readonly<Record<string, unknown>>;
  readonly splitTreeId: string | null;
  readonly shares?: readonly Share[];
}

export type CreateOrder = (call: Call, input: CreateOrderInput) => Promise<Answer<{ id: OrderId }>>;

/**
 * Opens orders. Requests that arrive together are written by one set of statements and one commit. A share for a
 * merchant that is not the tenant's is `operation_forbidden`.
 */
export function orderCreation(core: Core): CreateOrder {
  const create = groupCommit({ run: (batch: readonly Request[]) => createBatch(core, batch) });
  return async (call, input) => {
    // Merchants are never taken away: what is known before the batch is known in it.
    await requireKnownMerchants(core.database, call.tenant.id, input.shares ?? []);
    return create({ call, input, foreseen: { id: core.ids.uuid() as OrderId } });
  };
}

interface Request extends Asked<{ id: OrderId }> {
  readonly input: CreateOrderInput;
}

async function createBatch(
  core: Core,
  batch: readonly Request[],
): Promise<(Answer<{ id: OrderId }> | Error)[]> {
  return core.database.transaction((transaction) =>
    runTogether(core, transaction, batch, async (fresh) => {
      await openOrders(
        core,
        transaction,
        fresh.map(({ call, foreseen, input }) => ({ call, ...foreseen, ...input })),
      );
      return new Map(fresh.map((request) => [request, { result: request.foreseen, replayed: false }]));
    }),
  );
}
