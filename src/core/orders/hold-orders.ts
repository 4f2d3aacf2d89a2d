import type { Transaction } from '#db/database.ts';
import type { OrderId, TenantId } from '#kit/ids.ts';
import type { Order } from './order.ts';
import { shareOrder, shareOrders } from './store.ts';

/** One order, kept from being closed until the transaction ends. */
export async function holdOrder(
  transaction: Transaction,
  tenantId: TenantId,
  id: OrderId,
): Promise<Order | undefined> {
  return shareOrder(transaction, tenantId, id);
}

/** The orders of a batch, kept from being closed until it commits, by `tenant:order`. */
export async function holdOrders(
  transaction: Transaction,
  wanted: readonly { tenantId: TenantId; id: OrderId }[],
): Promise<ReadonlyMap<string, Order>> {
  if (wanted.length === 0) return new Map();
  const orders = await shareOrders(transaction, wanted);
  return new Map(orders.map((order) => [`${order.tenantId}:${order.id}`, order]));
}
