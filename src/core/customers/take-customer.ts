import type { Transaction } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { type CustomerId, isUuid } from '#kit/ids.ts';
import type { Call, Core } from '../core.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { Customer } from './customer.ts';
import { insertCustomers, selectCustomers } from './store.ts';

/** A customer the tenant has already, or what is known of a new one. */
export type CustomerInput = { readonly id: string } | Omit<Customer, 'id' | 'tenantId' | 'createdAt'>;

/** Finds the customer, or writes a new one into the caller's transaction. An unknown id is `not_found`. */
export async function takeCustomer(
  core: Core,
  transaction: Transaction,
  call: Call,
  input: CustomerInput,
): Promise<CustomerId> {
  const { tenant } = call;
  if ('id' in input) {
    const [known] = isUuid(input.id)
      ? await selectCustomers(transaction, tenant.id, [input.id as CustomerId])
      : [];
    if (known === undefined) throw notFound('client');
    return known.id;
  }
  const id = core.ids.uuid() as CustomerId;
  const createdAt = businessNow(core.clock, tenant);
  await insertCustomers(transaction, [{ ...input, id, tenantId: tenant.id, createdAt }]);
  return id;
}
