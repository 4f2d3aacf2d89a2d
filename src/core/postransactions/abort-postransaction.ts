import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { cancelHeldLink } from '../links/cancel-link.ts';
import { holdLink } from '../links/hold-link.ts';
import { businessNow } from '../tenants/tenant.ts';
import { readPostransaction } from './read-postransactions.ts';
import { updateAborted } from './store.ts';

/**
 * Takes back a payment link that nobody has paid. Errors: `not_found`; `operation_forbidden` where it is over already,
 * or a payment of it is under way.
 */
export async function abortPostransaction(
  core: Core,
  call: Call,
  id: bigint,
): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const { linkId } = await readPostransaction({ database: transaction }, call.tenant, id);
    const link = await holdLink(transaction, call.tenant.id, linkId);
    const now = businessNow(core.clock, call.tenant);
    await cancelHeldLink(core, transaction, link, now);
    await updateAborted(transaction, call.tenant.id, id, now);
    return {};
  });
}
