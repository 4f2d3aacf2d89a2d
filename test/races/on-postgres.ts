/** Races in this process that the embedded store, which has one connection, hides. */
import { after, test } from 'node:test';
import type { Queryable } from '#db/database.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { findPostgres } from './two-servers.ts';

/** Defines tests of an app on PostgreSQL; where the machine has none, one test that says so aloud. */
export async function defineOnPostgres(what: string, define: (app: TestApp) => void): Promise<void> {
  const postgres = await findPostgres();
  if (postgres === undefined) {
    test(`that ${what} needs PostgreSQL 15 or newer to be tested`, () => {
      console.error('NOT RUN: there is no PostgreSQL on this machine. One connection hides every race.');
    });
    return;
  }
  const app = await startTestApp({ server: postgres.url });
  after(async () => {
    await app.stop();
    await postgres.stop();
  });
  define(app);
}

/** Resolves once `change` waits for somebody's lock, or has ended. */
export async function untilItWaits(queryable: Queryable, change: Promise<unknown>): Promise<void> {
  let ended = false;
  const note = () => {
    ended = true;
  };
  change.then(note, note);
  for (;;) {
    const [row] = await queryable.query<{ waiting: boolean }>(
      `select exists (select 1 from pg_locks where not granted and pid <> pg_backend_pid()
         and pid in (select pid from pg_stat_activity where datname = current_database())) as waiting`,
    );
    if (ended || row?.waiting === true) return;
  }
}
