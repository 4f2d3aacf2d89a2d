import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import {
  type ClaimId,
  type CustomerId,
  isUuid,
  type LinkId,
  type PaymentId,
  type TenantId,
} from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Core } from '../core.ts';
import type { Operation } from '../operations/operation.ts';
import { readOperationsOf } from '../operations/read-operations.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Payment } from './payment.ts';
import { selectTransitions, type TransitionRow } from './status/store.ts';
import {
  type PaymentFilter,
  selectLatestOf,
  selectPayment,
  selectPayments,
  selectPaymentsOfCustomer,
} from './store.ts';

/** A payment with all that happened to it. */
export interface PaymentRecord {
  readonly payment: Payment;
  readonly transitions: readonly TransitionRow[];
  readonly operations: readonly Operation[];
}

type Means = Pick<Core, 'database'>;

/** One of the tenant's payments. An unknown id and another tenant's are the same `not_found`. */
export async function readPayment(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<PaymentRecord> {
  if (!isUuid(id)) throw notFound('payment');
  const known = id as PaymentId;
  const [payment, history] = await Promise.all([
    selectPayment(core.database, tenant.id, known),
    readHistories(core, tenant.id, [known]),
  ]);
  if (payment === undefined) throw notFound('payment');
  return history(payment);
}

/** The same without its history, inside a transaction too. */
export async function findPayment(
  queryable: Queryable,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<Payment> {
  const payment = isUuid(id) ? await selectPayment(queryable, tenant.id, id as PaymentId) : undefined;
  if (payment === undefined) throw notFound('payment');
  return payment;
}

/** The tenant's payments that fit, newest first. */
export async function listPayments(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  filter: PaymentFilter,
  page: Page,
): Promise<PaymentRecord[]> {
  return withHistory(core, tenant.id, await selectPayments(core.database, tenant.id, filter, page));
}

/** What a customer paid or was to pay, oldest first. */
export async function listPaymentsOfCustomer(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  customerId: CustomerId,
  page: { offset: number; limit: number },
): Promise<PaymentRecord[]> {
  const payments = await selectPaymentsOfCustomer(core.database, tenant.id, customerId, page);
  return withHistory(core, tenant.id, payments);
}

/** The latest attempt to pay a link, if there was any. */
export async function readLatestOfLink(
  core: Means,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<PaymentRecord | undefined> {
  const payment = await selectLatestOf(core.database, tenantId, 'link_id', linkId);
  return payment === undefined ? undefined : (await withHistory(core, tenantId, [payment]))[0];
}

/** The latest attempt to pay a claim, if there was any. */
export async function readLatestOfClaim(
  core: Means,
  tenantId: TenantId,
  claimId: ClaimId,
): Promise<PaymentRecord | undefined> {
  const payment = await selectLatestOf(core.database, tenantId, 'claim_id', claimId);
  return payment === undefined ? undefined : (await withHistory(core, tenantId, [payment]))[0];
}

async function withHistory(
  core: Means,
  tenantId: TenantId,
  payments: readonly Payment[],
): Promise<PaymentRecord[]> {
  const ids = payments.map((payment) => payment.id);
  return ids.length === 0 ? [] : payments.map(await readHistories(core, tenantId, ids));
}

async function readHistories(
  core: Means,
  tenantId: TenantId,
  ids: readonly PaymentId[],
): Promise<(payment: Payment) => PaymentRecord> {
  const [transitions, operations] = await Promise.all([
    selectTransitions(core.database, tenantId, ids),
    readOperationsOf(core, tenantId, ids),
  ]);
  return (payment) => ({
    payment,
    transitions: transitions.filter((one) => one.paymentId === payment.id),
    operations: operations.filter((one) => one.paymentId === payment.id),
  });
}
