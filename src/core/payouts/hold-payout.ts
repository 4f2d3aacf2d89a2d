import type { Transaction } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { HeldPayout, Payout, PayoutId } from './payout.ts';
import { lockPayouts, selectPresentAttempts } from './store.ts';

/** One of the tenant's payouts with its present attempt, its row locked. Unknown and another tenant's: `not_found`. */
export async function holdPayout(
  transaction: Transaction,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<HeldPayout> {
  const payouts = isUuid(id) ? await lockPayouts(transaction, tenant.id, [id as PayoutId]) : [];
  const [held] = await withAttempts(transaction, payouts);
  if (held === undefined) throw notFound('payment');
  return held;
}

/** Payouts whose rows the caller has locked, each with its present attempt. */
export async function withAttempts(
  transaction: Transaction,
  payouts: readonly Payout[],
): Promise<HeldPayout[]> {
  if (payouts.length === 0) return [];
  const attempts = await selectPresentAttempts(transaction, payouts);
  const byPayout = new Map(attempts.map((attempt) => [attempt.payoutId, attempt]));
  return payouts.map((payout) => {
    const attempt = byPayout.get(payout.id);
    if (attempt === undefined) throw new Error(`payout ${payout.id} has no attempt ${payout.attempt}`);
    return { payout, attempt };
  });
}
