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
import { insertNews, markApplied, selectByInstruments } from './news/store.ts';
import { sealNews } from './seal-news.ts';

/** Pieces written down in one transaction: enough to share its cost, few enough not to hold an account for long. */
const batchSize = 50;

/** What a piece of news does to an attempt, and to the account's money. */
interface Effect {
  readonly attempt: Attempt;
  readonly funds?: { readonly change: FundsChange; readonly amount: bigint };
  readonly completes?: boolean;
  readonly event?: string;
}

/** A piece of news that an instrument took. */
interface Told {
  readonly held: HeldPayout;
  readonly effect: Effect;
  readonly news: RailNews;
}

/**
 * The one door for what banks say of our instruments, of one account on one rail, oldest first. Each piece is kept, once;
 * it is applied where the instrument can still take it, under the payout's lock, and otherwise kept as late. Answers how
 * many were new. Where one cannot be written, those before it are, and its error is thrown.
 */
export async function recordNews(core: Core, due: FilingDue, news: readonly RailNews[]): Promise<number> {
  let fresh = 0;
  for (let from = 0; from < news.length; from += batchSize) {
    const batch = news.slice(from, from + batchSize);
    fresh += await recordBatch(core, due, batch);
  }
  return fresh;
}

async function recordBatch(core: Core, due: FilingDue, batch: readonly RailNews[]): Promise<number> {
  try {
    return await core.database.transaction((transaction) => keepAll(core, transaction, due, batch));
  } catch (error) {
    if (batch.length === 1) throw error;
    // Up to the one that it was: what follows is asked for again, once that has been looked into.
    let fresh = 0;
    for (const one of batch) fresh += await recordBatch(core, due, [one]);
    return fresh;
  }
}

async function keepAll(
  core: Core,
  transaction: Transaction,
  due: FilingDue,
  batch: readonly RailNews[],
): Promise<number> {
  const at = businessNow(core.clock, await peekTenant(transaction, due.tenantId));
  const instruments = batch.map(({ instrument }) => instrument);
  const named = await selectByInstruments(transaction, due, instruments);
  const payoutIds = named.map(({ payoutId }) => payoutId);
  const payouts = await holdPayouts(transaction, due.tenantId, payoutIds);
  const pieces = batch.map((news) => ({ news, detail: sealNews(core, due, news), at }));
  const fresh = new Set(await insertNews(transaction, due, pieces));
  // A piece that stands in the batch twice is taken once.
  const taken = batch.filter(({ sequence }) => fresh.delete(sequence));
  const present = new Map((await withAttempts(transaction, payouts)).map((held) => [held.payout.id, held]));
  const nameOf = new Map(named.map((one) => [one.instrument, one]));
  for (const round of inRounds(taken)) {
    const told = round.flatMap((news): Told[] => {
      const name = nameOf.get(news.instrument);
      const held = name && present.get(name.payoutId);
      if (held === undefined || held.attempt.attempt !== name?.attempt) return [];
      const effect = judge[news.kind](held.attempt, news, at);
      return effect === undefined ? [] : [{ held, effect, news }];
    });
    for (const held of await apply(core, transaction, due, { told, at })) present.set(held.payout.id, held);
  }
  return taken.length;
}

/** In rounds in which each instrument is spoken of once: a later piece goes by what the earlier one has left. */
function inRounds(news: readonly RailNews[]): RailNews[][] {
  const rounds: RailNews[][] = [];
  for (const pieces of Map.groupBy(news, ({ instrument }) => instrument).values())
    for (const [index, one] of pieces.entries()) {
      const round = rounds[index];
      if (round === undefined) rounds.push([one]);
      else round.push(one);
    }
  return rounds;
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

/** Writes what pieces of news do, each to another payout of the account. Answers the payouts as they are now. */
async function apply(
  core: Core,
  transaction: Transaction,
  due: FilingDue,
  { told, at }: { readonly told: readonly Told[]; readonly at: Date },
): Promise<HeldPayout[]> {
  if (told.length === 0) return [];
  const movements = told.flatMap(({ held: { payout, attempt }, effect: { funds }, news: { sequence } }) => {
    if (funds === undefined) return [];
    const reference = `payout-${funds.change}:${payout.id}:${attempt.attempt}:${sequence}`;
    return [{ ...funds, reference, at }];
  });
  if (movements.length > 0) {
    const account = await holdPayoutAccount(transaction, due.tenantId, due.accountId);
    await changeFunds(core, transaction, account, movements);
  }
  const isCompleted = ({ held, effect }: Told) => effect.completes === true && held.payout.status === 'sent';
  const completed = await movePayouts(
    core,
    transaction,
    told
      .filter(isCompleted)
      .map(({ held, effect: { attempt } }) => ({ held, to: 'completed', attempt, dueAt: null, at })),
  );
  const others = told.filter((one) => !isCompleted(one));
  await updateAttempts(
    transaction,
    others.map(({ effect }) => effect.attempt),
  );
  await recordEvents(
    core,
    transaction,
    told.flatMap(({ held, effect: { event } }) =>
      event === undefined ? [] : [eventOf(held.payout, event, at)],
    ),
  );
  await markApplied(
    transaction,
    due,
    told.map(({ news }) => news.sequence),
  );
  return [...completed, ...others.map(({ held, effect: { attempt } }) => ({ ...held, attempt }))];
}
