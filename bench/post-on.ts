import { openDatabase } from '../src/db/open-database.ts';
import { wallClock } from '../src/kit/clock.ts';
import { currency } from '../src/kit/currency.ts';
import { randomIds, type TenantId } from '../src/kit/ids.ts';
import { money } from '../src/kit/money.ts';
import { post } from '../src/ledger/post.ts';
import type { Bench, Round } from './contestant.ts';
import { drive } from './load.ts';

/** Postings between so many accounts of the first tenant, each in a transaction of its own, straight into the ledger. */
export async function postOn(bench: Bench, accounts: number): Promise<Round | undefined> {
  if (bench.databaseUrl === undefined) return undefined;
  const database = await openDatabase({ url: bench.databaseUrl, limits: { connections: 16 } });
  bench.onEnd(() => database.close());
  const tenantId = bench.tenant.ping?.headers.tenant_id as TenantId;
  const name = (number: number) => `bench:${accounts}:${number % accounts}`;
  let number = 0;
  return drive(async () => {
    number += 1;
    const [debit, credit] = [name(number), name(number * 7 + 1)];
    const movement = { debit, credit: credit === debit ? name(number + 1) : credit };
    await database.transaction((transaction) =>
      post(randomIds, transaction, {
        tenantId,
        kind: 'bench',
        reference: `bench:${randomIds.uuid()}`,
        movements: [{ ...movement, amount: money(100n, currency('SEK')) }],
        at: wallClock.now(),
      }),
    );
  });
}
