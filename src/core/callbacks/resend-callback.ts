import { notFound } from '#kit/errors.ts';
import { type CallbackId, isUuid } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { updateResend } from './store.ts';

/** Sends a callback again, whether it was delivered or given up; the receiver sees the same id. */
export async function resendCallback(
  core: Core,
  call: Call,
  id: string,
): Promise<Answer<{ callbackId: CallbackId }>> {
  const { tenant } = call;
  const answer = await runOnce(core, call, async (transaction) => {
    const callback = isUuid(id)
      ? await updateResend(transaction, tenant.id, id as CallbackId, businessNow(core.clock, tenant))
      : undefined;
    if (callback === undefined) throw notFound('callback');
    return { callbackId: callback.id };
  });
  core.work.nudge('callbacks');
  return answer;
}
