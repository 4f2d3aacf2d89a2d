import type { Queryable } from '#db/database.ts';
import type { Credential } from '../tenants/credential.ts';
import { selectIsApplication } from './store.ts';

/** Whether a credential is an application's. */
export async function isApplication(
  queryable: Queryable,
  { tenantId, id }: Pick<Credential, 'tenantId' | 'id'>,
): Promise<boolean> {
  return selectIsApplication(queryable, tenantId, id);
}
