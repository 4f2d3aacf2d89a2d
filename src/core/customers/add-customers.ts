import type { Transaction } from '#db/database.ts';
import type { Customer } from './customer.ts';
import { insertCustomers } from './store.ts';

/** Writes customers into the caller's transaction. */
export async function addCustomers(transaction: Transaction, customers: readonly Customer[]): Promise<void> {
  if (customers.length > 0) await insertCustomers(transaction, customers);
}
