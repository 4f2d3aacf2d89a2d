import type { TenantId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { holdTenant } from './read-tenant.ts';
import { updateTenant } from './store.ts';
import type { CallbackUrls } from './tenant.ts';

/** What is absent stays as it is; null takes it away. The addresses have been checked. */
export type CallbackUrlChange = {
  readonly [Name in keyof Omit<CallbackUrls, 'dialect'>]?: string | null | undefined;
};

/** Says where the tenant as such is called back, from now on in the words of the façade that asks. */
export async function changeCallbackUrls(
  core: Core,
  call: Call,
  change: CallbackUrlChange,
): Promise<Answer<{ tenantId: TenantId }>> {
  return runOnce(core, call, async (transaction) => {
    const tenant = await holdTenant(transaction, call.tenant.id);
    const { dialect: _dialect, ...present } = tenant.settings.callbackUrls ?? { dialect: '' };
    const wanted = Object.entries({ ...present, ...withoutUndefined(change) });
    const urls = Object.fromEntries(wanted.filter(([, url]) => url !== null));
    await updateTenant(transaction, {
      ...tenant,
      settings: { ...tenant.settings, callbackUrls: { ...urls, dialect: call.origin } },
    });
    return { tenantId: tenant.id };
  });
}

function withoutUndefined(change: CallbackUrlChange): Record<string, string | null> {
  const given = Object.entries(change).filter(
    (entry): entry is [string, string | null] => entry[1] !== undefined,
  );
  return Object.fromEntries(given);
}
