import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { Connection, type ConnectionFaults } from './connection.ts';
import type { Database } from './database.ts';
import { isRetryable } from './database-errors.ts';
import { isRead } from './is-read.ts';
import type { Limits } from './limits.ts';
import { readTogether } from './read-together.ts';
import { runTransaction } from './run-transaction.ts';
import { shareConnection } from './share-connection.ts';

const maxAttempts = 5;
const firstPauseMs = 10;

export interface PooledStore {
  readonly store: Database['store'];
  readonly pool: pg.Pool;
  readonly limits: Limits;
  readonly faults: ConnectionFaults;
  /** Between 0 and 1: spreads the retries of transactions that collided. */
  readonly random: () => number;
  close(): Promise<void>;
}

/** The `Database` over a pool of connections that speak PostgreSQL's protocol. Both stores are one of these. */
export function pooledDatabase(options: PooledStore): Database {
  const { store, pool, limits, faults, random } = options;
  const transactions = new AsyncLocalStorage<{ open: boolean }>();

  function refuseInsideTransaction(): void {
    if (transactions.getStore()?.open) {
      throw new Error(
        'A transaction is open here: use it, not the database, which would wait for it for ever.',
      );
    }
  }

  const open = async () => new Connection(await pool.connect(), limits, faults);
  const onSharedConnection = shareConnection(open);

  async function onConnection<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await open();
    try {
      return await work(connection);
    } finally {
      connection.release();
    }
  }

  async function attempt<T>(work: Parameters<typeof runTransaction<T>>[1]): Promise<T> {
    refuseInsideTransaction();
    const { result, follows } = await onConnection(async (connection) => {
      const scope = { open: true };
      try {
        return await transactions.run(scope, () =>
          runTransaction(connection, work, limits.idleInTransactionMs),
        );
      } finally {
        scope.open = false;
      }
    });
    for (const follow of follows) follow();
    return result;
  }

  const askTogether = readTogether((sql, columns, name) =>
    onSharedConnection((connection) => connection.query(sql, columns, name)),
  );

  return {
    store,
    async queryRows(sql, columns, name) {
      refuseInsideTransaction();
      return askTogether(sql, columns, name);
    },

    async query(sql, parameters, name) {
      refuseInsideTransaction();
      const lend = isQuickRead(sql, name) ? onSharedConnection : onConnection;
      return lend((connection) => connection.settle(() => connection.query(sql, parameters, name)));
    },

    async execute(script) {
      refuseInsideTransaction();
      return onConnection(async (connection) => {
        try {
          return await connection.settle(() => connection.execute(script));
        } catch (error) {
          // The script may have failed inside a transaction it opened itself.
          await connection.rollback();
          throw error;
        }
      });
    },

    async transaction(work) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(work);
        } catch (error) {
          if (!isRetryable(error) || tries === maxAttempts) throw error;
          await delay(firstPauseMs * 2 ** tries * random());
        }
      }
    },

    close: options.close,
  };
}

/** What has a name is asked all the time; a write would keep those behind it waiting for the disk. */
function isQuickRead(sql: string, name: string | undefined): boolean {
  return name !== undefined && isRead(sql);
}
