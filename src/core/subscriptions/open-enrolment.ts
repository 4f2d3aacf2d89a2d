import { CoreError } from '#kit/errors.ts';
import type { OperationId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { operationsOf } from '../operations/read-operations.ts';
import { beginEnrolment, type ReturnUrls } from './begin-enrolment.ts';
import { findOpenAttempt, holdSubscription } from './hold-subscription.ts';

/**
 * The page on which a new plan's customer enrols: the one that is open, or another where that one's time is over or the
 * card entered there was declined. `operation_forbidden` once somebody has enrolled, or the plan is over.
 */
export async function openEnrolment(
  core: Core,
  call: Call,
  id: string,
  urls: ReturnUrls,
): Promise<Answer<{ operationId: OperationId }>> {
  let isNew = false;
  const answer = await runOnce(core, call, async (transaction) => {
    const subscription = await holdSubscription(transaction, call.tenant.id, id);
    if (subscription.status !== 'new')
      throw new CoreError('operation_forbidden', `The subscription is ${subscription.status}, not new.`);
    const open = await findOpenAttempt(transaction, subscription);
    isNew = open === undefined;
    if (open === undefined)
      return { operationId: await beginEnrolment(core, transaction, call, subscription, urls) };
    const [operation] = await operationsOf(transaction, call.tenant.id, open.paymentId);
    if (operation === undefined) throw new Error(`attempt ${open.paymentId} has no operation`);
    return { operationId: operation.id };
  });
  if (isNew && !answer.replayed) await core.processors.perform(call.tenant.id, answer.result.operationId);
  return answer;
}
