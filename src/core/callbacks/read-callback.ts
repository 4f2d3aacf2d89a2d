import { notFound } from '#kit/errors.ts';
import { type CallbackId, isUuid } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Callback } from './callback.ts';
import { selectCallback } from './store.ts';

/** One of the tenant's callbacks. An unknown id and another tenant's are the same `not_found`. */
export async function readCallback(core: Core, tenant: Pick<Tenant, 'id'>, id: string): Promise<Callback> {
  const callback = isUuid(id) ? await selectCallback(core.database, tenant.id, id as CallbackId) : undefined;
  if (callback === undefined) throw notFound('callback');
  return callback;
}
