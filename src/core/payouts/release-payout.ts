import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { CredentialId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { approversFor } from '../payout-accounts/account.ts';
import { findPayoutAccount } from '../payout-accounts/open-account.ts';
import { businessNow } from '../tenants/tenant.ts';
import { insertApprovals } from './approvals/store.ts';
import { holdPayout } from './hold-payout.ts';
import { eventOf, movePayouts, type PayoutMove } from './move-payouts.ts';
import { type HeldPayout, type PayoutId, require } from './payout.ts';

export interface Release {
  readonly id: string;
  /** Who releases it, as the caller says; kept beside the credential, which proves it. */
  readonly releasedBy: string;
}

/**
 * Releases a held payout, or counts one approver more where its account's rule asks for several. Throws `conflict` where
 * it is not held, and `operation_forbidden` where the rule wants somebody other than whoever ordered it.
 */
export async function releasePayout(
  core: Core,
  call: Call,
  { id, releasedBy }: Release,
): Promise<Answer<{ payoutId: PayoutId }>> {
  const answer = await runOnce(core, call, async (transaction) => {
    const held = await holdPayout(transaction, call.tenant, id);
    require(held, 'release');
    await releaseHeld(core, call, transaction, { held: [held], releasedBy });
    return { payoutId: held.payout.id };
  });
  core.work.nudge('payouts');
  return answer;
}

/** Counts the caller's approval of payouts of one account that it holds, and lets those go that have enough. */
export async function releaseHeld(
  core: Core,
  call: Call,
  transaction: Transaction,
  { held, releasedBy }: { readonly held: readonly HeldPayout[]; readonly releasedBy: string },
): Promise<void> {
  const [first] = held;
  if (first === undefined) return;
  const { tenantId, accountId } = first.payout;
  const account = await findPayoutAccount({ database: transaction }, tenantId, accountId);
  if (account === undefined) throw new Error(`payout account ${accountId} is missing`);
  const { approval } = account.settings;
  const at = businessNow(core.clock, call.tenant);
  const approver = call.credentialId ?? nobody;
  if (!approval.makerMayRelease && held.some(({ payout }) => approver === payout.createdBy))
    throw new CoreError('operation_forbidden', 'Whoever ordered a payment may not release it.');
  const ids = held.map(({ payout }) => payout.id);
  const given = { credentialId: approver, releasedBy, at };
  const approvals = await insertApprovals(transaction, { tenantId, ids }, given);
  const approved = held.filter(
    ({ payout }) => (approvals.get(payout.id) ?? 0) >= approversFor(approval, payout.amount),
  );
  const reason = releasedBy === '' ? 'released' : `released by ${releasedBy}`;
  const moves = approved.map((one): PayoutMove => ({ held: one, to: 'loading', reason, dueAt: at, at }));
  const moved = await movePayouts(core, transaction, moves);
  const events = moved.map(({ payout }) => eventOf(payout, 'payout.released', at));
  await recordEvents(core, transaction, events);
}

/** In whose name the product itself releases, where no credential asks. */
const nobody = '00000000-0000-0000-0000-000000000000' as CredentialId;
