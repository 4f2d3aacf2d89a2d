import pg from 'pg';
import { socketOf } from './connection.ts';
import type { Database } from './database.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import { pooledDatabase } from './pooled-database.ts';
import { valueTypes } from './value-types.ts';

const oldestVersion = 150_000;

export interface PostgresOptions {
  readonly url: string;
  readonly limits: Limits;
  readonly log: Log;
  readonly random: () => number;
}

/** Opens PostgreSQL by URL. Throws when the server is too old or would forget what it has confirmed. */
export async function openPostgres({ url, limits, log, random }: PostgresOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'quittance',
    max: limits.connections,
    connectionTimeoutMillis: limits.connectMs,
    keepAlive: true,
    pipeline: true,
    types: valueTypes,
    // On every new connection, since after a failover it may be another server.
    onConnect: (client: pg.ClientBase) => prepareSession(client, limits),
  });
  pool.on('error', (error) => log.warn({ error }, 'An idle database connection was lost.'));
  const database = pooledDatabase({
    store: 'postgres',
    pool,
    limits: overdueAfterServer(limits),
    random,
    faults: {
      overdue: (client, sql) => {
        log.error({ sql }, 'The database did not answer in time; its connection was dropped.');
        dropConnection(client);
      },
      reported: () => {},
    },
    close: () => pool.end(),
  });
  try {
    await database.query('select');
  } catch (error) {
    await pool.end();
    throw error;
  }
  return database;
}

/** The server's own limit speaks first; ours is for a server or a network that has gone silent. */
function overdueAfterServer(limits: Limits): Limits {
  return { ...limits, statementMs: limits.statementMs * 1.2 };
}

function dropConnection(client: pg.PoolClient): void {
  // Not ended politely: a client that sends ahead would wait for the answers first, and there are none.
  socketOf(client).destroy();
}

/**
 * Settings of the session and what the server says of itself, in one round trip. Not start-up parameters: a
 * connection pooler in between refuses those, and one in the URL would override ours.
 */
async function prepareSession(client: pg.ClientBase, limits: Limits): Promise<void> {
  const { rows } = await client.query<Server>(
    `select current_setting('server_version_num')::int as version,
            current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as "synchronousCommit",
            -- Dates cut from instants must not depend on where the server stands.
            set_config('timezone', 'UTC', false),
            -- Never cuts a COMMIT short: the server stops this clock before it commits.
            set_config('statement_timeout', $1, false),
            set_config('idle_in_transaction_session_timeout', $2, false)`,
    [String(limits.statementMs), String(limits.idleInTransactionMs)],
  );
  for (const server of rows) refuseUnsafe(server);
}

interface Server {
  readonly version: number;
  readonly fsync: string;
  readonly synchronousCommit: string;
}

function refuseUnsafe({ version, fsync, synchronousCommit }: Server): void {
  if (version < oldestVersion) {
    throw new Error('The PostgreSQL server is too old: version 15 or newer is needed.');
  }
  if (fsync !== 'on') {
    throw new Error(
      'The PostgreSQL server runs with fsync=off and would lose confirmed payments in a power cut.',
    );
  }
  if (synchronousCommit === 'off') {
    throw new Error(
      'The PostgreSQL server runs with synchronous_commit=off and would lose confirmed payments in a crash.',
    );
  }
}
