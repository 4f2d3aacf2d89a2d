import type { Queryable, Transaction } from '#db/database.ts';
import type { OrderId, TenantId } from '#kit/ids.ts';
import type { Order, OrderStatus } from './order.ts';

const columns = `id, tenant_id as "tenantId", currency, status, split_parameters as "splitParameters",
  split_tree_id as "splitTreeId", version, created_at as "createdAt"`;

export async function insertOrders(transaction: Transaction, orders: readonly Order[]): Promise<void> {
  await transaction.query(
    `insert into orders (tenant_id, id, currency, status, split_parameters, split_tree_id, created_at)
     select tenant_id, id, currency, 'open', split_parameters, split_tree_id, created_at
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::text[], $6::timestamptz[])
       as given (tenant_id, id, currency, split_parameters, split_tree_id, created_at)`,
    [
      orders.map((order) => order.tenantId),
      orders.map((order) => order.id),
      orders.map((order) => order.currency),
      orders.map((order) => JSON.stringify(order.splitParameters)),
      orders.map((order) => order.splitTreeId),
      orders.map((order) => order.createdAt),
    ],
    'insert-orders',
  );
}

export async function selectOrder(
  queryable: Queryable,
  tenantId: TenantId,
  id: OrderId,
): Promise<Order | undefined> {
  const rows = await queryable.query<Order>(
    `select ${columns} from orders where tenant_id = $1 and id = $2`,
    [tenantId, id],
    'select-order',
  );
  return rows[0];
}

/**
 * The orders named, each locked against being closed until the transaction ends; in one order of ids, so that two
 * batches cannot deadlock.
 */
export async function shareOrders(
  transaction: Transaction,
  wanted: readonly { tenantId: TenantId; id: OrderId }[],
): Promise<Order[]> {
  return transaction.query<Order>(
    `select ${columns} from orders
     where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[])) order by tenant_id, id for share`,
    [wanted.map((one) => one.tenantId), wanted.map((one) => one.id)],
    'share-orders',
  );
}

export async function lockOrder(
  transaction: Transaction,
  tenantId: TenantId,
  id: OrderId,
): Promise<Order | undefined> {
  const rows = await transaction.query<Order>(
    `select ${columns} from orders where tenant_id = $1 and id = $2 for update`,
    [tenantId, id],
  );
  return rows[0];
}

export async function updateStatus(
  transaction: Transaction,
  order: Order,
  status: OrderStatus,
): Promise<void> {
  await transaction.query(
    'update orders set status = $4, version = version + 1 where tenant_id = $1 and id = $2 and version = $3',
    [order.tenantId, order.id, order.version, status],
  );
}
