import { notFound } from '#kit/errors.ts';
import { type CallbackId, type EventId, isUuid } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { findEvent } from '../events/read-event.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { updateResendOfEvent } from './store.ts';

/**
 * Tells an event again to everybody it was told, or should have been told: its callbacks are due now, with their
 * attempts counted from the start. The receivers see the same ids. An event that nobody was to be told has none.
 */
export async function redeliverEvent(
  core: Core,
  call: Call,
  id: string,
): Promise<Answer<{ callbackIds: CallbackId[] }>> {
  const { tenant } = call;
  const answer = await runOnce(core, call, async (transaction) => {
    const event = isUuid(id) ? await findEvent(transaction, tenant.id, id as EventId) : undefined;
    if (event === undefined) throw notFound('event');
    const at = businessNow(core.clock, tenant);
    return { callbackIds: await updateResendOfEvent(transaction, tenant.id, event.id, at) };
  });
  core.work.nudge('callbacks');
  return answer;
}
