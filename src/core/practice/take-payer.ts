import type { Transaction } from '#db/database.ts';
import type { CustomerId } from '#kit/ids.ts';
import type { Call, Core } from '../core.ts';
import { takeCustomer } from '../customers/take-customer.ts';
import { holdPracticeObject } from './hold-practice-object.ts';
import { insertPayer, selectPayers } from './store.ts';

/**
 * The customer under whom a client's cards are kept; made where there is none. The client stays locked until the
 * transaction ends, so that two first cards have one owner.
 */
export async function takePayer(
  core: Core,
  transaction: Transaction,
  call: Call,
  clientId: bigint,
): Promise<CustomerId> {
  const { id: tenantId } = call.tenant;
  const client = await holdPracticeObject(transaction, tenantId, 'client', clientId);
  const [known] = await selectPayers(transaction, tenantId, [clientId]);
  if (known !== undefined) return known.customerId;
  const { firstName, lastName, email } = client.fields;
  const customerId = await takeCustomer(core, transaction, call, {
    firstName,
    lastName,
    email,
    phone: null,
    reference: client.externalId,
  });
  await insertPayer(transaction, tenantId, { clientId, customerId });
  return customerId;
}
