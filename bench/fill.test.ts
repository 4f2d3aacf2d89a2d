/** Rows are written from outside, so this is PostgreSQL's on either run of the tests. */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { runAudit } from '../src/core/audit/run-audit.ts';
import { wallClock } from '../src/kit/clock.ts';
import { findPostgres } from '../test/races/two-servers.ts';
import { startTestApp } from '../test/support/app.ts';
import type { DemoTenant, Load } from './contestant.ts';
import { fillPayments } from './fill.ts';
import { fillPages } from './measure-pages.ts';
import { makeLink, makePayment, pingAccess } from './shop.ts';

/** More than two chunks, the last of them not whole. */
const rows = 250;
const chunk = 100;

const postgres = await findPostgres();

if (postgres === undefined) {
  it('filling a database needs PostgreSQL 15 or newer: install it, or set TEST_DATABASE_URL, and it is tested', () => {
    console.error('NOT RUN: there is no PostgreSQL on this machine.');
  });
} else {
  const app = await startTestApp({ server: postgres.url });
  const { database } = app.app.core;
  after(async () => {
    await app.stop();
    await postgres.stop();
  });

  const count = async (table: string) => {
    const [row] = await database.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    return row?.count ?? Number.NaN;
  };
  const openBench = async () => {
    const [row] = await database.query<{ name: string }>('select current_database() as name');
    const databaseUrl = new URL(postgres.url);
    databaseUrl.pathname = `/${row?.name}`;
    const { tenants } = (await (await fetch(`${app.url}/demo.json`)).json()) as { tenants: DemoTenant[] };
    const { simulatorUrl, url } = app;
    const onEnd = (work: () => Promise<void> | void) => after(work);
    return { urls: [url], simulatorUrl, databaseUrl: databaseUrl.href, tenant: tenants[0] ?? {}, onEnd };
  };
  const redChecks = async () => {
    const { checks } = await runAudit({ database, clock: wallClock });
    return checks.filter(({ ok }) => !ok).map(({ id }) => id);
  };

  it('as many payments as were asked for are stored, each with all its rows, and the books hold', async () => {
    const bench = await openBench();
    const id = await makePayment(pingAccess(bench), 14_000, 'DECLINED');
    const tables = ['orders', 'payments', 'operations', 'payment_transitions', 'events'];
    const before = await Promise.all(tables.map(count));
    const [own] = await database.query<{ transitions: number; events: number }>(
      `select (select count(*)::int from payment_transitions where payment_id = $1) as transitions,
         (select count(*)::int from events
          where subject_id in ($1, (select order_id from payments where id = $1))) as events`,
      [id],
    );
    await fillPayments(bench.databaseUrl, { id, rows, chunk });
    const added = (await Promise.all(tables.map(count))).map((now, index) => now - (before[index] ?? 0));
    const { transitions = 0, events = 0 } = own ?? {};
    assert.ok(transitions > 1 && events > 1);
    assert.deepEqual(added, [rows, rows, rows, rows * transitions, rows * events]);
    assert.deepEqual(await redChecks(), []);
  });

  it('indexes that rested while a table was filled find every row of it again', async () => {
    const [row] = await database.transaction(async (transaction) => {
      // By the index alone, however small the table is.
      await transaction.execute('set local enable_seqscan = off; set local enable_hashjoin = off');
      return transaction.query<{ resting: number; unfound: number }>(
        `select (select count(*)::int from pg_index where not (indisready and indisvalid)) as resting,
           (select count(*)::int from payments p where not exists
             (select from orders o where o.tenant_id = p.tenant_id and o.id = p.order_id)) as unfound`,
      );
    });
    assert.deepEqual(row, { resting: 0, unfound: 0 });
  });

  it('the first page that is measured is the newest links, and the last is the end of the list', async () => {
    const bench = await openBench();
    const [first, last] = await fillPages(bench, rows);
    const newest = await makeLink(pingAccess(bench));
    const read = async ({ urls: [url = ''], headers }: Load) =>
      (await (await fetch(url, { headers })).json()) as { data: { id: string }[]; next: string | null };
    const ends = await database.query<{ id: string }>(
      'select id from links order by created_at, id limit 20',
    );
    const [firstPage, lastPage] = [await read(first), await read(last)];
    assert.equal(firstPage.data[0]?.id, newest.id);
    assert.equal(firstPage.data.length, 20);
    assert.deepEqual(
      lastPage.data.map(({ id }) => id).toReversed(),
      ends.map(({ id }) => id),
    );
    assert.equal(lastPage.next, null);
    assert.deepEqual(await redChecks(), []);
  });
}
