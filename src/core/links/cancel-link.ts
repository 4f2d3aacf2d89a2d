import type { Transaction } from '#db/database.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type LinkId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { isPayable, type Link } from './link.ts';
import { moveLink } from './move-link.ts';
import { refuseFunded } from './refuse-funded.ts';
import { lockLink } from './store.ts';

/**
 * Cancels a link that nobody has paid. `operation_forbidden` where it is over already, or while a payment is under way:
 * that has to be stopped first.
 */
export async function cancelLink(core: Core, call: Call, id: string): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const link = isUuid(id) ? await lockLink(transaction, call.tenant.id, id as LinkId) : undefined;
    if (link === undefined) throw notFound('payment link');
    await cancelHeldLink(core, transaction, link, businessNow(core.clock, call.tenant));
    return {};
  });
}

/** The same for a link that the caller holds. */
export async function cancelHeldLink(
  core: Core,
  transaction: Transaction,
  link: Link,
  now: Date,
): Promise<void> {
  if (!isPayable(link, now)) {
    const status = link.status === 'created' ? 'expired' : link.status;
    throw new CoreError('operation_forbidden', `The payment link is ${status}.`);
  }
  if (link.activePaymentId !== null) {
    throw new CoreError('operation_forbidden', 'A payment of this link is under way; stop it first.');
  }
  await refuseFunded(transaction, link);
  await moveLink(core, transaction, link, { to: 'cancelled', reason: 'cancelled by the tenant', at: now });
}
