import type { Transaction } from '#db/database.ts';
import type { Currency } from '#kit/currency.ts';
import type { OrderId } from '#kit/ids.ts';
import type { Share } from '../allocations/allocation.ts';
import type { Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { Order } from './order.ts';
import { insertOrders } from './store.ts';

export interface NewOrder {
  readonly call: Call;
  readonly id: OrderId;
  readonly currency: Currency;
  readonly splitParameters?: Readonly<Record<string, unknown>>;
  readonly splitTreeId?: string | null;
  /** For merchants that are known to be the tenant's. */
  readonly shares?: readonly Share[];
}

/** Writes open orders into the caller's transaction. */
export async function openOrders(
  core: Core,
  transaction: Transaction,
  wanted: readonly NewOrder[],
): Promise<void> {
  if (wanted.length === 0) return;
  const orders = wanted.map(
    ({ call, id, currency, splitParameters = {}, splitTreeId = null, shares = [] }): Order => ({
      id,
      tenantId: call.tenant.id,
      currency,
      status: 'open',
      splitParameters,
      splitTreeId,
      shares,
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
