import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import type { CustomerId, TenantId } from '#kit/ids.ts';
import type { Search } from '#kit/search.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { PracticeKind, PracticeObject } from './practice.ts';
import {
  type ClientName,
  countObjects,
  selectIds,
  selectObject,
  selectObjects,
  selectObjectsByIds,
  selectPayers,
  selectPhones,
} from './store.ts';

type Means = { readonly database: Queryable };

/** One of the tenant's objects. An unknown id and another tenant's are the same `not_found`. */
export async function readPracticeObject<Kind extends PracticeKind>(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  kind: Kind,
  id: bigint,
): Promise<PracticeObject<Kind>> {
  const found = await findPracticeObject(core, tenant, kind, id);
  if (found === undefined) throw notFound(kind);
  return found;
}

/** The same, undefined where there is none. */
export async function findPracticeObject<Kind extends PracticeKind>(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  kind: Kind,
  id: bigint,
): Promise<PracticeObject<Kind> | undefined> {
  return selectObject(core.database, tenant.id, kind, id);
}

/** Those of the tenant's objects of one kind that have these ids. */
export async function readPracticeObjects<Kind extends PracticeKind>(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  kind: Kind,
  ids: readonly bigint[],
): Promise<PracticeObject<Kind>[]> {
  return selectObjectsByIds(core.database, tenant.id, kind, ids);
}

/** A page of the tenant's objects of one kind, and how many there are in all. */
export async function listPracticeObjects<Kind extends PracticeKind>(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  kind: Kind,
  search: Search & { limit: number; offset: number },
): Promise<{ count: number; objects: PracticeObject<Kind>[] }> {
  const [count, objects] = await Promise.all([
    countObjects(core.database, tenant.id, kind, search),
    selectObjects(core.database, tenant.id, kind, search),
  ]);
  return { count, objects };
}

/** The phone numbers of clients; the first one of each client is the primary one. */
export async function readPhones(
  core: Means,
  clients: readonly ClientName[],
): Promise<PracticeObject<'phonenumber'>[]> {
  return clients.length === 0 ? [] : selectPhones(core.database, clients);
}

/** Under which customer the cards of clients are kept, of those who have any: the client of the payment dialects. */
export async function readPayers(
  core: Means,
  tenantId: TenantId,
  clientIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, CustomerId>> {
  const rows = clientIds.length === 0 ? [] : await selectPayers(core.database, tenantId, clientIds);
  return new Map(rows.map(({ clientId, customerId }) => [clientId, customerId]));
}

/** Our ids by the practice system's own, of those there are. */
export async function readPracticeIds(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  kind: PracticeKind,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await selectIds(core.database, tenant.id, kind, externalIds);
  return new Map(rows.map(({ externalId, id }) => [externalId, id]));
}
