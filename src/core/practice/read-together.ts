import { groupCommit } from '#db/group-commit.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { linkMethod, type PracticeKind, type PracticeObject } from './practice.ts';
import { selectIdsOfTenants, selectNamedObjects } from './store.ts';

/** What nearly every request of a practice system reads: asked for at the same time, it is read by one statement. */
export interface PracticeReading {
  /** One of the tenant's objects, undefined where there is none. */
  findObject<Kind extends PracticeKind>(
    tenant: Pick<Tenant, 'id'>,
    kind: Kind,
    id: bigint,
  ): Promise<PracticeObject<Kind> | undefined>;
  /** The id of the way to pay that payment links are; undefined before anything was imported. */
  readLinkMethodId(tenant: Pick<Tenant, 'id'>): Promise<bigint | undefined>;
}

type Named = Pick<PracticeObject, 'tenantId' | 'kind' | 'id'>;

export function practiceReading(core: Pick<Core, 'database'>): PracticeReading {
  const find = groupCommit({ run: (named: readonly Named[]) => findAll(core, named) });
  const readMethod = groupCommit({ run: (tenantIds: readonly TenantId[]) => readMethods(core, tenantIds) });
  return {
    findObject: async <Kind extends PracticeKind>(
      { id: tenantId }: Pick<Tenant, 'id'>,
      kind: Kind,
      id: bigint,
    ) => (await find({ tenantId, kind, id })) as PracticeObject<Kind> | undefined,
    readLinkMethodId: ({ id }) => readMethod(id),
  };
}

async function findAll(
  core: Pick<Core, 'database'>,
  named: readonly Named[],
): Promise<(PracticeObject | undefined)[]> {
  const nameOf = ({ tenantId, kind, id }: Named) => `${tenantId} ${kind} ${id}`;
  const found = new Map((await selectNamedObjects(core.database, named)).map((one) => [nameOf(one), one]));
  return named.map((one) => found.get(nameOf(one)));
}

async function readMethods(
  core: Pick<Core, 'database'>,
  tenantIds: readonly TenantId[],
): Promise<(bigint | undefined)[]> {
  const rows = await selectIdsOfTenants(core.database, tenantIds, 'paymentmethod', linkMethod);
  const found = new Map(rows.map(({ tenantId, id }) => [tenantId, id]));
  return tenantIds.map((tenantId) => found.get(tenantId));
}
