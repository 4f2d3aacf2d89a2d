import type { Queryable, Transaction } from '#db/database.ts';
import { withoutNumbers } from '#db/rows-together.ts';
import { selectByKeys, selectForEach } from '#db/select-for-each.ts';
import { selectPage } from '#db/select-page.ts';
import type { OrderId, TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Order, OrderStatus } from './order.ts';

const columns = `id, tenant_id as "tenantId", currency, status, split_parameters as "splitParameters",
  split_tree_id as "splitTreeId", shares, version, created_at as "createdAt"`;

export async function insertOrders(transaction: Transaction, orders: readonly Order[]): Promise<void> {
  transaction.write(
    `insert into orders (tenant_id, id, currency, status, split_parameters, split_tree_id, shares, created_at)
     select tenant_id, id, currency, 'open', split_parameters, split_tree_id, shares, created_at
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::text[], $6::jsonb[], $7::timestamptz[])
       as given (tenant_id, id, currency, split_parameters, split_tree_id, shares, created_at)`,
    [
      orders.map((order) => order.tenantId),
      orders.map((order) => order.id),
      orders.map((order) => order.currency),
      orders.map((order) => JSON.stringify(order.splitParameters)),
      orders.map((order) => order.splitTreeId),
      orders.map((order) => JSON.stringify(order.shares)),
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

const key = { tenant: 'uuid', wanted: 'uuid' } as const;
const sharedByKey = `select ${columns} from orders where tenant_id = g.tenant and id = g.wanted for share`;
const orderForEachShared = selectForEach(key, sharedByKey);
const ordersShared = selectByKeys(key, sharedByKey);

/** The order, locked against being closed until the transaction ends. */
export async function shareOrder(
  transaction: Transaction,
  tenantId: TenantId,
  id: OrderId,
): Promise<Order | undefined> {
  const rows = await transaction.queryRows<Order>(orderForEachShared, [[tenantId], [id]], 'share-order');
  return withoutNumbers(rows)[0];
}

/** The orders named, each locked the same; in one order of ids, so that two batches cannot deadlock. */
export async function shareOrders(
  transaction: Transaction,
  wanted: readonly { tenantId: TenantId; id: OrderId }[],
): Promise<Order[]> {
  return transaction.query<Order>(
    ordersShared,
    [wanted.map((one) => one.tenantId), wanted.map((one) => one.id)],
    'share-orders',
  );
}

/** The row lock every change of an order begins with. Rows that only name the order go on. */
export async function lockOrder(
  transaction: Transaction,
  tenantId: TenantId,
  id: OrderId,
): Promise<Order | undefined> {
  const rows = await transaction.query<Order>(
    `select ${columns} from orders where tenant_id = $1 and id = $2 for no key update`,
    [tenantId, id],
  );
  return rows[0];
}

export interface OrderFilter {
  readonly statuses?: readonly OrderStatus[];
  /** Instants of the tenant's time; from is inclusive, to exclusive. */
  readonly from?: Date;
  readonly to?: Date;
}

export async function selectOrders(
  queryable: Queryable,
  tenantId: TenantId,
  filter: OrderFilter,
  page: Page,
): Promise<Order[]> {
  return selectPage<Order>(
    queryable,
    {
      sql: `select ${columns} from orders where tenant_id = $1 and ($2::text[] is null or status = any($2))
        and ($3::timestamptz is null or created_at >= $3) and ($4::timestamptz is null or created_at < $4)`,
      parameters: [tenantId, filter.statuses ?? null, filter.from ?? null, filter.to ?? null],
      by: ['created_at', 'id'],
    },
    page,
  );
}

/** Moves an order on, compare-and-set on its version. */
export async function updateStatus(
  transaction: Transaction,
  order: Order,
  status: OrderStatus,
): Promise<Order | undefined> {
  const rows = await transaction.query<Order>(
    `update orders set status = $4, version = version + 1 where tenant_id = $1 and id = $2 and version = $3
     returning ${columns}`,
    [order.tenantId, order.id, order.version, status],
  );
  return rows[0];
}

/** How the order's money is to be divided. Not a step of its own: the version counts those. */
export async function updateDivision(
  transaction: Transaction,
  order: Order,
  division: Pick<Order, 'splitParameters' | 'splitTreeId' | 'shares'>,
): Promise<void> {
  transaction.write(
    'update orders set split_parameters = $3, split_tree_id = $4, shares = $5 where tenant_id = $1 and id = $2',
    [
      order.tenantId,
      order.id,
      JSON.stringify(division.splitParameters),
      division.splitTreeId,
      JSON.stringify(division.shares),
    ],
  );
}
