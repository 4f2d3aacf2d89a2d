import type { Database, Transaction } from './database.ts';
import { type Migration, readMigrations } from './migrations.ts';

/** Any number will do as long as it never changes: it keeps nodes that start together from migrating together. */
const migrationLock = 4_217_001;

const ownMigrations = new URL('./migrations/', import.meta.url);

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly hash: string;
}

/**
 * Brings the schema up to date: applies each numbered `.sql` file not yet applied, in order, each in a transaction of
 * its own, and records its hash. Safe when many nodes start at once. Throws one sentence, and changes nothing, when
 * an applied migration was edited or when the database is newer than this program.
 */
export async function migrate(database: Database, directory: URL | string = ownMigrations): Promise<void> {
  const known = await readMigrations(directory);
  while (await database.transaction((transaction) => applyNext(transaction, known))) {
    // Each turn applies one.
  }
}

/** Applies the first migration that is missing. Answers whether there was one. */
async function applyNext(transaction: Transaction, known: readonly Migration[]): Promise<boolean> {
  await transaction.execute(`
    set local statement_timeout = 0;
    select pg_advisory_xact_lock(${migrationLock});
    create table if not exists schema_migrations (
      number integer primary key,
      name text not null,
      hash text not null,
      applied_at timestamptz not null default now()
    )`);
  const applied = await transaction.query<Applied>(
    'select number, name, hash from schema_migrations order by number',
  );
  refuseMismatch(applied, known);
  const next = known[applied.length];
  if (!next) return false;
  await transaction.execute(next.sql);
  await transaction.query('insert into schema_migrations (number, name, hash) values ($1, $2, $3)', [
    next.number,
    next.name,
    next.hash,
  ]);
  return true;
}

/** What is applied must be the beginning of what is known. */
function refuseMismatch(applied: readonly Applied[], known: readonly Migration[]): void {
  for (const [index, { number, name, hash }] of applied.entries()) {
    const expected = known[index];
    if (!expected) {
      throw new Error(
        `The database has migration ${name}, which this version does not know: run a newer version.`,
      );
    }
    if (expected.number !== number || expected.hash !== hash) {
      throw new Error(
        `Migration ${expected.name} was changed after it was applied: restore it and add a new one instead.`,
      );
    }
  }
}
