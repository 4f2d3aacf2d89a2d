import { groupCommit } from '../src/db/group-commit.ts';
import { openDatabase } from '../src/db/open-database.ts';
import { wallClock } from '../src/kit/clock.ts';
import { currency } from '../src/kit/currency.ts';
import { randomIds, type TenantId } from '../src/kit/ids.ts';
import { money } from '../src/kit/money.ts';
import { type Posting, postAll } from '../src/ledger/post.ts';
import type { Bench, Round } from './contestant.ts';
import { drive } from './load.ts';

/** Of whoever posts. */
export const ledgerConnections = 16;

/** Two different accounts of so many, by the number of the posting: every account comes up alike. */
export function pairOf(number: number, accounts: number): readonly [debit: number, credit: number] {
  const debit = number % accounts;
  const credit = (number * 7 + 1) % accounts;
  return [debit, credit === debit ? (credit + 1) % accounts : credit];
}

/**
 * Postings between so many accounts of the first tenant, straight into the ledger, in the way the product books the
 * outcomes of payments: those that are under way together share a transaction, and each is durable when it is answered.
 */
export async function postOn(bench: Bench, accounts: number): Promise<Round | undefined> {
  if (bench.databaseUrl === undefined) return undefined;
  const database = await openDatabase({ url: bench.databaseUrl, limits: { connections: ledgerConnections } });
  bench.onEnd(() => database.close());
  const tenantId = bench.tenant.ping?.headers.tenant_id as TenantId;
  const name = (account: number) => `bench:${accounts}:${account}`;
  const post = groupCommit({
    run: async (postings: readonly Posting[]) => {
      await database.transaction(async (transaction) => postAll(randomIds, transaction, postings));
      return postings;
    },
  });
  let number = 0;
  return drive(async () => {
    number += 1;
    const [debit, credit] = pairOf(number, accounts);
    await post({
      tenantId,
      kind: 'bench',
      reference: `bench:${randomIds.uuid()}`,
      movements: [{ debit: name(debit), credit: name(credit), amount: money(100n, currency('SEK')) }],
      at: wallClock.now(),
    });
  });
}
