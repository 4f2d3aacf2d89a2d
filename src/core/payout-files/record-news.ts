import type { Transaction } from '#db/database.ts';
import type { RailNews } from '#kit/rail.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { changeFunds, type FundsChange } from '../payout-accounts/change-funds.ts';
import { holdPayoutAccount } from '../payout-accounts/hold-account.ts';
import { updateAttempts } from '../payouts/change-attempts.ts';
import { withAttempts } from '../payouts/hold-payout.ts';
import { holdPayouts } from '../payouts/hold-payouts.ts';
import { eventOf, movePayouts } from '../payouts/move-payouts.ts';
import { type Attempt, availableOf, type HeldPayout } from '../payouts/payout.ts';
import { peekTenant } from '../tenants/read-tenant.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { FilingDue } from './file.ts';
import { insertNews, markApplied, selectByInstrument } from './news/store.ts';
import { sealNews } from './seal-news.ts';

/** What a piece of news does to an attempt, and to the account's money. */
interface Effect {
  readonly attempt: Attempt;
  readonly funds?: { readonly change: FundsChange; readonly amount: bigint };
  readonly completes?: boolean;
  readonly event?: string;
}

/**
 * The one door for what banks say of our instruments. Each piece is kept, once; it is applied where the instrument can
 * still take it, under the payout's lock, and otherwise kept as late. Answers whether it was new.
 */
export async function recordNews(core: Core, due: FilingDue, news: RailNews): Promise<boolean> {
  return core.database.transaction(async (transaction) => {
    const tenant = await peekTenant(transaction, due.tenantId);
    const at = businessNow(core.clock, tenant);
    const found = await selectByInstrument(transaction, due, news.instrument);
    const [payout] =
      found === undefined ? [] : await holdPayouts(transaction, due.tenantId, [found.payoutId]);
    if (!(await insertNews(transaction, due, { news, detail: sealNews(core, due, news), at }))) return false;
    const [held] = payout === undefined ? [] : await withAttempts(transaction, [payout]);
    if (held === undefined || held.attempt.attempt !== found?.attempt) return true;
    const effect = judge[news.kind](held.attempt, news, at);
    if (effect === undefined) return true;
    await apply(core, transaction, { held, effect, news, at });
    await markApplied(transaction, due, news.sequence);
    return true;
  });
}

/** What each kind does; undefined where the instrument can no longer take it. */
const judge = {
  issued: (attempt, { detail: { cardLast4 = '' } }) =>
    /^\d{4}$/.test(cardLast4) ? { attempt: { ...attempt, cardLast4 } } : undefined,
  cleared: (attempt, news) => {
    const amount = news.amount ?? availableOf(attempt);
    if (amount <= 0n || amount > availableOf(attempt) || attempt.returnedCode !== null) return undefined;
    const cleared = attempt.cleared + amount;
    return {
      attempt: { ...attempt, cleared },
      funds: { change: 'cleared', amount },
      completes: cleared === attempt.amount,
    };
  },
  returned: (attempt, news, at) => {
    if (attempt.returnedCode !== null || attempt.voidedAt !== null) return undefined;
    return {
      attempt: { ...attempt, cleared: 0n, returnedCode: news.code ?? '', returnedAt: at },
      ...(attempt.cleared > 0n ? { funds: { change: 'returned', amount: attempt.cleared } } : {}),
      event: 'payout.returned',
    };
  },
  corrected: (attempt) => ({ attempt, event: 'payout.corrected' }),
  refused: (attempt, news, at) =>
    attempt.returnedCode === null && attempt.cleared === 0n && attempt.voidedAt === null
      ? {
          attempt: { ...attempt, returnedCode: news.code ?? '', returnedAt: at },
          event: 'payout.returned',
        }
      : undefined,
} as const satisfies Record<
  RailNews['kind'],
  (attempt: Attempt, news: RailNews, at: Date) => Effect | undefined
>;

async function apply(
  core: Core,
  transaction: Transaction,
  told: { readonly held: HeldPayout; readonly effect: Effect; readonly news: RailNews; readonly at: Date },
): Promise<void> {
  const { held, news, at } = told;
  const { attempt, funds, completes, event }: Effect = told.effect;
  const { payout } = held;
  if (funds !== undefined) {
    const account = await holdPayoutAccount(transaction, payout.tenantId, payout.accountId);
    const reference = `payout-${funds.change}:${payout.id}:${attempt.attempt}:${news.sequence}`;
    await changeFunds(core, transaction, account, [{ ...funds, reference, at }]);
  }
  if (completes === true && payout.status === 'sent')
    await movePayouts(core, transaction, [{ held, to: 'completed', attempt, dueAt: null, at }]);
  else await updateAttempts(transaction, [attempt]);
  if (event !== undefined) await recordEvents(core, transaction, [eventOf(payout, event, at)]);
}
