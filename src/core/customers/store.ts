import type { Queryable, Transaction } from '#db/database.ts';
import { withoutNumbers } from '#db/rows-together.ts';
import { selectForEach } from '#db/select-for-each.ts';
import type { CustomerId, TenantId } from '#kit/ids.ts';
import type { Customer } from './customer.ts';

const columns = `id, tenant_id as "tenantId", first_name as "firstName", last_name as "lastName", email, phone, reference, address,
  created_at as "createdAt"`;

export async function insertCustomers(transaction: Transaction, rows: readonly Customer[]): Promise<void> {
  transaction.write(
    `insert into customers (tenant_id, id, first_name, last_name, email, phone, reference, created_at, address)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
       $9::jsonb[])`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.firstName),
      rows.map((row) => row.lastName),
      rows.map((row) => row.email),
      rows.map((row) => row.phone),
      rows.map((row) => row.reference),
      rows.map((row) => row.createdAt),
      rows.map((row) => (row.address ? JSON.stringify(row.address) : null)),
    ],
    'insert-customers',
  );
}

const customersById = selectForEach(
  { tenant: 'uuid', customer: 'uuid' },
  `select ${columns} from customers where tenant_id = g.tenant and id = g.customer`,
);

export async function selectCustomers(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly CustomerId[],
): Promise<Customer[]> {
  const rows = await queryable.queryRows<Customer>(
    customersById,
    [ids.map(() => tenantId), ids],
    'select-customers',
  );
  return withoutNumbers(rows);
}

export async function lockCustomer(
  transaction: Transaction,
  tenantId: TenantId,
  id: CustomerId,
): Promise<Customer | undefined> {
  const rows = await transaction.query<Customer>(
    `select ${columns} from customers where tenant_id = $1 and id = $2 for no key update`,
    [tenantId, id],
  );
  return rows[0];
}

export async function updateCustomer(transaction: Transaction, customer: Customer): Promise<void> {
  transaction.write(
    `update customers set first_name = $3, last_name = $4, email = $5, phone = $6, address = $7
     where tenant_id = $1 and id = $2`,
    [
      customer.tenantId,
      customer.id,
      customer.firstName,
      customer.lastName,
      customer.email,
      customer.phone,
      customer.address ? JSON.stringify(customer.address) : null,
    ],
  );
}
