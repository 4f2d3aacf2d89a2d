import { CoreError } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { HookFields } from './hook.ts';
import { insertHook } from './store.ts';

/** Hooks of one tenant: every change is told to each that it rings. */
const maxHooks = 100;

/** Writes a hook down; what happens from then on rings it. `operation_forbidden` is one hook too many. */
export async function createHook(
  core: Core,
  call: Call,
  fields: HookFields,
): Promise<Answer<{ id: string }>> {
  return runOnce(core, call, async (transaction) => {
    const id = await insertHook(transaction, {
      ...fields,
      tenantId: call.tenant.id,
      dialect: call.origin,
      at: businessNow(core.clock, call.tenant),
      limit: maxHooks,
    });
    if (id === undefined) throw new CoreError('operation_forbidden', `There can be ${maxHooks} hooks.`);
    return { id: String(id) };
  });
}
