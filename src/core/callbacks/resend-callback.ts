import { notFound } from '#kit/errors.ts';
import { type CallbackId, isUuid } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import type { Callback } from './callback.ts';
import { updateResend } from './store.ts';

/** Sends a callback again, whether it was delivered or given up; the receiver sees the same id. */
export async function resendCallback(core: Core, tenant: Tenant, id: string): Promise<Callback> {
  const callback = isUuid(id)
    ? await updateResend(core.database, tenant.id, id as CallbackId, businessNow(core.clock, tenant))
    : undefined;
  if (callback === undefined) throw notFound('callback');
  core.work.nudge('callbacks');
  return callback;
}
