import { notFound } from '#kit/errors.ts';
import { type CustomerId, isUuid } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import type { Customer } from './customer.ts';
import { lockCustomer, updateCustomer } from './store.ts';

/** What is absent stays as it is; null takes it away. */
export type CustomerChange = Partial<
  Pick<Customer, 'firstName' | 'lastName' | 'email' | 'phone' | 'address'>
>;

/** Changes what is known of a customer. */
export async function changeCustomer(
  core: Core,
  call: Call,
  id: string,
  change: CustomerChange,
): Promise<Answer<{ customerId: CustomerId }>> {
  return runOnce(core, call, async (transaction) => {
    const customer = isUuid(id)
      ? await lockCustomer(transaction, call.tenant.id, id as CustomerId)
      : undefined;
    if (customer === undefined) throw notFound('client');
    await updateCustomer(transaction, { ...customer, ...change });
    return { customerId: customer.id };
  });
}
