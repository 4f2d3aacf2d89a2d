import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#db/database.ts';
import { openInMemory } from '#db/embedded/open-in-memory.ts';
import { defaultLimits, type Limits } from '#db/limits.ts';
import { migrate } from '#db/migrate.ts';
import { readMigrations } from '#db/migrations.ts';
import { openDatabase } from '#db/open-database.ts';

export interface TestDatabaseOptions {
  readonly migrations?: URL | string;
  readonly limits?: Partial<Limits>;
  /** A PostgreSQL to use whatever TEST_DATABASE_URL says. */
  readonly server?: string;
}

const ownMigrations = new URL('../../src/db/migrations/', import.meta.url);

/**
 * A database of its own for one test file, migrated and empty, gone when closed: a copy of a migrated template on the
 * server of TEST_DATABASE_URL when that is set, else an in-memory store started from a dump kept between runs.
 */
export async function openTestDatabase(options: TestDatabaseOptions = {}): Promise<Database> {
  const { migrations = ownMigrations, limits, server = process.env.TEST_DATABASE_URL } = options;
  const hash = await hashOf(migrations);
  return server === undefined
    ? openFromDump(migrations, hash, limits)
    : openFromTemplate(server, migrations, hash, limits);
}

async function hashOf(migrations: URL | string): Promise<string> {
  const hash = createHash('sha256');
  for (const migration of await readMigrations(migrations))
    hash.update(migration.name).update(migration.hash);
  return hash.digest('hex').slice(0, 16);
}

async function openFromDump(
  migrations: URL | string,
  hash: string,
  limits: Partial<Limits> | undefined,
): Promise<Database> {
  const path = join(tmpdir(), 'quittance-test-dumps', `${hash}.tar`);
  if (!existsSync(path)) await writeDump(migrations, path);
  return openDatabase({ memory: new Blob([await readFile(path)]), limits });
}

/** Several test files may find the dump missing at once: each writes its own, and the rename is atomic. */
async function writeDump(migrations: URL | string, path: string): Promise<void> {
  const database = await openInMemory({ dump: true, limits: defaultLimits, random: Math.random });
  try {
    await migrate(database, migrations);
    const dump = await database.dump();
    await mkdir(join(path, '..'), { recursive: true });
    const unfinished = `${path}.${randomUUID()}`;
    await writeFile(unfinished, dump.stream());
    await rename(unfinished, path);
  } finally {
    await database.close();
  }
}

async function openFromTemplate(
  server: string,
  migrations: URL | string,
  hash: string,
  limits: Partial<Limits> | undefined,
): Promise<Database> {
  const template = `quittance_template_${hash}`;
  const name = `quittance_test_${randomUUID().replaceAll('-', '')}`;
  const admin = await openDatabase({ url: server, limits: { connections: 1, statementMs: patienceMs } });
  await createFromTemplate(admin, { server, migrations, template, name });
  const database = await openDatabase({ url: urlOf(server, name), limits });
  return {
    ...database,
    async close() {
      await database.close();
      await admin.query(`drop database ${name} with (force)`);
      await admin.close();
    },
  };
}

interface Copy {
  readonly server: string;
  readonly migrations: URL | string;
  readonly template: string;
  readonly name: string;
}

/** Copying is quick, but many test files may stand in line for it. */
const patienceMs = 300_000;

/** Any number will do: it makes test files that start together wait for one of them to make the template. */
const templateLock = 4_217_002;

/** CREATE DATABASE cannot run in a transaction, so the lock is the session's; the admin pool has one connection. */
async function createFromTemplate(
  admin: Database,
  { server, migrations, template, name }: Copy,
): Promise<void> {
  await admin.execute(`select pg_advisory_lock(${templateLock})`);
  try {
    const [found] = await admin.query('select from pg_database where datname = $1', [template]);
    if (!found) {
      const unfinished = `${template}_unfinished`;
      await admin.query(`drop database if exists ${unfinished} with (force)`);
      await admin.query(`create database ${unfinished} template template0 encoding 'UTF8'`);
      const database = await openDatabase({ url: urlOf(server, unfinished) });
      await migrate(database, migrations).finally(() => database.close());
      await admin.query(`alter database ${unfinished} rename to ${template}`);
    }
    await admin.query(`create database ${name} template ${template}`);
  } finally {
    await admin.execute(`select pg_advisory_unlock(${templateLock})`);
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
