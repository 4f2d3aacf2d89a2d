import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { lockTenant, lockTenantWhole, selectTenant, selectTenantsOf } from './store.ts';
import type { Tenant } from './tenant.ts';

/** A tenant that the caller knows to exist. */
export async function readTenant(core: { readonly database: Queryable }, id: TenantId): Promise<Tenant> {
  const tenant = await selectTenant(core.database, id);
  if (tenant === undefined) throw new Error(`tenant ${id} is missing`);
  return tenant;
}

/** A tenant that the caller knows to exist, read inside a transaction. */
export async function peekTenant(transaction: Transaction, id: TenantId): Promise<Tenant> {
  const tenant = await selectTenant(transaction, id);
  if (tenant === undefined) throw new Error(`tenant ${id} is missing`);
  return tenant;
}

/** The tenant, its row locked until the transaction ends. */
export async function holdTenant(transaction: Transaction, id: TenantId): Promise<Tenant> {
  const tenant = await lockTenant(transaction, id);
  if (tenant === undefined) throw new Error(`tenant ${id} is missing`);
  return tenant;
}

/**
 * The tenant, alone: intents that others are writing are there once this answers, and no new one is written until the
 * transaction ends.
 */
export async function holdTenantWhole(transaction: Transaction, id: TenantId): Promise<Tenant> {
  const tenant = await lockTenantWhole(transaction, id);
  if (tenant === undefined) throw new Error(`tenant ${id} is missing`);
  return tenant;
}

/** The books of the tenant's organisation, its own among them, oldest first. */
export async function listSiblings(core: Pick<Core, 'database'>, tenant: Tenant): Promise<Tenant[]> {
  return selectTenantsOf(core.database, tenant.organisationId);
}
