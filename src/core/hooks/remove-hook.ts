import { notFound } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { deleteHook } from './store.ts';

/** Takes a hook away; what it was rung for already is still told. */
export async function removeHook(core: Core, call: Call, id: bigint): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    if (!(await deleteHook(transaction, call.tenant.id, id))) throw notFound('hook');
    return {};
  });
}
