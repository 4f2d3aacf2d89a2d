import type { Transaction } from '#db/database.ts';
import type { OperationId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Core } from '../core.ts';
import type { Operation } from './operation.ts';
import {
  lockOperations,
  selectByPayments,
  selectByReferences,
  selectFirstApproved,
  selectOperation,
  selectUnknown,
} from './store.ts';

type Means = Pick<Core, 'database'>;

/** One operation that the caller knows to exist. */
export async function readOperation(core: Means, tenantId: TenantId, id: OperationId): Promise<Operation> {
  const operation = await selectOperation(core.database, tenantId, id);
  if (operation === undefined) throw new Error(`operation ${id} is missing`);
  return operation;
}

/** The tenant's operation with this id, if there is one. */
export async function findOperation(
  core: Means,
  tenantId: TenantId,
  id: OperationId,
): Promise<Operation | undefined> {
  return selectOperation(core.database, tenantId, id);
}

/** The operations that carry our references at processors, each in its place; undefined for one that is not the tenant's. */
export async function findByReferences(
  core: Means,
  references: readonly Pick<Operation, 'tenantId' | 'connector' | 'reference'>[],
): Promise<(Operation | undefined)[]> {
  const found = await selectByReferences(core.database, references);
  const known = new Map(found.map((operation) => [keyOf(operation), operation]));
  return references.map((reference) => known.get(keyOf(reference)));
}

function keyOf({
  tenantId,
  connector,
  reference,
}: Pick<Operation, 'tenantId' | 'connector' | 'reference'>): string {
  return `${tenantId} ${connector} ${reference}`;
}

/** The tenant's operations of which nobody knows whether they happened, newest first. */
export async function listUnknown(
  core: Means,
  tenant: { readonly id: TenantId },
  page: Page,
): Promise<Operation[]> {
  return selectUnknown(core.database, tenant.id, page);
}

/** All operations of some payments, oldest first. */
export async function readOperationsOf(
  core: Means,
  tenantId: TenantId,
  paymentIds: readonly PaymentId[],
): Promise<Operation[]> {
  return paymentIds.length === 0 ? [] : selectByPayments(core.database, tenantId, paymentIds);
}

/** The operation, locked until the transaction ends. */
export async function holdOperation(
  transaction: Transaction,
  tenantId: TenantId,
  id: OperationId,
): Promise<Operation> {
  const [operation] = await holdSeveral(transaction, [{ tenantId, id }]);
  if (operation === undefined) throw new Error(`operation ${id} is missing`);
  return operation;
}

/** Operations, locked in the order of their ids until the transaction ends; in no particular order. */
export async function holdSeveral(
  transaction: Transaction,
  ids: readonly Pick<Operation, 'tenantId' | 'id'>[],
): Promise<Operation[]> {
  return lockOperations(transaction, ids);
}

/** All operations of one payment inside the transaction that holds the payment, oldest first. */
export async function operationsOf(
  transaction: Transaction,
  tenantId: TenantId,
  paymentId: PaymentId,
): Promise<Operation[]> {
  return selectByPayments(transaction, tenantId, [paymentId]);
}

/** The approved authorisation of a payment that the transaction holds and knows to be authorised. */
export async function authorisationOf(
  transaction: Transaction,
  tenantId: TenantId,
  paymentId: PaymentId,
): Promise<Operation> {
  const found = await selectFirstApproved(transaction, tenantId, paymentId, 'authorisation');
  if (found === undefined)
    throw new Error(`payment ${paymentId} is authorised without an approved authorisation`);
  return found;
}

/** The approved charge of a payment that the transaction holds and knows to be completed. */
export async function chargeOf(
  transaction: Transaction,
  tenantId: TenantId,
  paymentId: PaymentId,
): Promise<Operation> {
  const found = await selectFirstApproved(transaction, tenantId, paymentId, 'charge');
  if (found === undefined) throw new Error(`payment ${paymentId} is completed without an approved charge`);
  return found;
}
