import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { peekTenant } from '../tenants/read-tenant.ts';
import { businessNow } from '../tenants/tenant.ts';
import { withAttempts } from './hold-payout.ts';
import { movePayouts } from './move-payouts.ts';
import type { HeldPayout } from './payout.ts';
import { takeStep } from './steps/take-step.ts';
import { lockDuePayouts, updateDue } from './store.ts';

/** Payouts carried on in one transaction: enough to share its cost, few enough not to hold an account for long. */
const batchSize = 250;

/** Steps from creation to where a payout waits: fewer than there are statuses. */
const maxSteps = 13;

/**
 * Carries payouts on as far as they go by themselves, and answers how many were due. All steps of one payout are one
 * transaction: it is seen where it waits, or where somebody has to act. `steps` is how many are taken at most.
 */
export async function advancePayouts(core: Core, tenantId?: TenantId, steps = maxSteps): Promise<number> {
  return core.database.transaction(async (transaction) => {
    const payouts = await lockDuePayouts(transaction, {
      wallNow: core.clock.now(),
      limit: batchSize,
      tenantId: tenantId ?? null,
    });
    const groups = Map.groupBy(
      await withAttempts(transaction, payouts),
      ({ payout }) => `${payout.tenantId} ${payout.accountId}`,
    );
    for (const group of [...groups.keys()].sort())
      await advanceGroup(core, transaction, groups.get(group) ?? [], steps);
    return payouts.length;
  });
}

/** Payouts of one account. */
async function advanceGroup(
  core: Core,
  transaction: Transaction,
  group: readonly HeldPayout[],
  steps: number,
): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const tenant = await peekTenant(transaction, first.payout.tenantId);
  const at = businessNow(core.clock, tenant);
  let going = group;
  for (let step = 0; step < steps && going.length > 0; step += 1) {
    const moves = await takeStep({ core, transaction, tenant, at }, going);
    const moving = new Set(moves.map(({ held }) => held));
    await updateDue(
      transaction,
      going.filter((held) => !moving.has(held)).map(({ payout }) => payout),
    );
    const moved = await movePayouts(core, transaction, moves);
    going = moved.filter(({ payout }) => payout.dueAt !== null && payout.dueAt <= at);
  }
}
