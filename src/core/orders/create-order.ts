import type { Transaction } from '#db/database.ts';
import { groupCommit } from '#db/group-commit.ts';
import type { Currency } from '#kit/currency.ts';
import type { OrderId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { claimKeys } from '../idempotency/claim-keys.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { Order } from './order.ts';
import { insertOrders } from './store.ts';

export interface CreateOrderInput {
  readonly currency: Currency;
  readonly splitParameters: Readonly<Record<string, unknown>>;
  readonly splitTreeId: string | null;
}

export type CreateOrder = (call: Call, input: CreateOrderInput) => Promise<Answer<{ id: OrderId }>>;

/** Opens orders. Requests that arrive together are written by one set of statements and one commit. */
export function orderCreation(core: Core): CreateOrder {
  const create = groupCommit({ run: (batch: readonly Request[]) => createBatch(core, batch) });
  return (call, input) => create({ call, input, id: core.ids.uuid() as OrderId });
}

interface Request {
  readonly call: Call;
  readonly input: CreateOrderInput;
  readonly id: OrderId;
}

async function createBatch(
  core: Core,
  batch: readonly Request[],
): Promise<(Answer<{ id: OrderId }> | Error)[]> {
  return core.database.transaction(async (transaction) => {
    const uses = batch.map(({ call, id }) => ({ call, result: { id } }));
    const claims = await claimKeys(core, transaction, uses);
    const fresh = batch.filter((_, index) => claims[index]?.kind === 'fresh');
    await insertFresh(core, transaction, fresh);
    return batch.map(({ id }, index) => {
      const claim = claims[index];
      if (claim?.kind === 'refused') return claim.error;
      if (claim?.kind === 'replay') return { result: claim.result as { id: OrderId }, replayed: true };
      return { result: { id }, replayed: false };
    });
  });
}

async function insertFresh(core: Core, transaction: Transaction, fresh: readonly Request[]): Promise<void> {
  if (fresh.length === 0) return;
  const orders = fresh.map(
    ({ call, input, id }): Order => ({
      id,
      tenantId: call.tenant.id,
      currency: input.currency,
      status: 'open',
      splitParameters: input.splitParameters,
      splitTreeId: input.splitTreeId,
      version: 1,
      createdAt: businessNow(core.clock, call.tenant),
    }),
  );
  await insertOrders(transaction, orders);
  await recordEvents(
    core,
    transaction,
    orders.map((order) => ({
      tenantId: order.tenantId,
      type: 'order.created',
      subject: { kind: 'order' as const, id: order.id, version: 1 },
      data: { currency: order.currency },
      at: order.createdAt,
    })),
  );
}
