import { notFound } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { HookFields } from './hook.ts';
import { lockHook, updateHook } from './store.ts';

/** Changes what is given of a hook; the rest stays. What it was rung for already is still told where it was to be. */
export async function changeHook(
  core: Core,
  call: Call,
  id: bigint,
  change: Partial<HookFields>,
): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const hook = await lockHook(transaction, call.tenant.id, id);
    if (hook === undefined) throw notFound('hook');
    const at = businessNow(core.clock, call.tenant);
    await updateHook(transaction, call.tenant.id, id, { ...hook, ...change }, at);
    return {};
  });
}
