import type { Writable } from 'node:stream';
import type pg from 'pg';
import { CommitUnknownError, nothingCommitted, sqlState } from './database-errors.ts';
import type { Limits } from './limits.ts';
import { runStatement } from './statement.ts';

/** What differs between the stores when a connection misbehaves. */
export interface ConnectionFaults {
  /** A statement ran past its limit and the connection cannot be trusted to answer. */
  overdue(client: pg.PoolClient, sql: string): void;
  /** The server reported an error. Called before the caller hears of it. */
  reported(error: unknown): void;
}

/** One connection on loan from the pool, for one statement or one transaction. */
export class Connection {
  readonly #client: pg.PoolClient;
  readonly #limits: Limits;
  readonly #faults: ConnectionFaults;
  #lost: Error | undefined;
  #standbyWaitCancelled = false;
  #gathering = false;

  constructor(client: pg.PoolClient, limits: Limits, faults: ConnectionFaults) {
    this.#client = client;
    this.#limits = limits;
    this.#faults = faults;
    client.on('error', this.#onLost);
    client.on('end', this.#onEnd);
    client.on('notice', this.#onNotice);
  }

  get lost(): boolean {
    return this.#lost !== undefined;
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = [], name?: string): Promise<Row[]> {
    this.#gather();
    return this.#within(this.#limits.statementMs, sql, () =>
      runStatement<Row>(this.#client, { sql, values: parameters, name }),
    );
  }

  async execute<Row>(script: string): Promise<Row[]> {
    // The driver answers an array of results when the script holds several statements.
    const result: pg.QueryResult | pg.QueryResult[] = await this.#within(this.#limits.scriptMs, script, () =>
      this.#client.query(script),
    );
    return [result].flat().flatMap((each) => each.rows as Row[]);
  }

  /** Sends COMMIT. Throws when the transaction was in fact rolled back, or when nobody can tell. */
  async commit(): Promise<void> {
    this.#gather();
    const result = await this.settle(() =>
      this.#within(this.#limits.statementMs, 'commit', () => this.#client.query('commit')),
    );
    // A failed statement whose error the work swallowed turns COMMIT into a silent ROLLBACK.
    if (result.command !== 'COMMIT') {
      throw new Error('The transaction was rolled back: one of its statements had failed.');
    }
  }

  /** Rolls back, best effort: a connection that cannot is not used again. */
  async rollback(): Promise<void> {
    if (this.lost) return;
    await this.#client.query('rollback').catch(this.#onLost);
  }

  /** Runs a statement that commits, and tells "it failed" from "nobody knows". */
  async settle<T>(work: () => Promise<T>): Promise<T> {
    this.#standbyWaitCancelled = false;
    let result: T;
    try {
      result = await work();
    } catch (error) {
      if (!this.#mayHaveCommitted(error)) throw error;
      this.#lost ??= error as Error;
      throw new CommitUnknownError(error);
    }
    if (this.#standbyWaitCancelled) {
      throw new CommitUnknownError(new Error('The wait for synchronous replication was cancelled.'));
    }
    return result;
  }

  release(): void {
    this.#client.off('error', this.#onLost);
    this.#client.off('end', this.#onEnd);
    this.#client.off('notice', this.#onNotice);
    this.#client.release(this.#lost);
  }

  #mayHaveCommitted(error: unknown): boolean {
    if (nothingCommitted(error)) return false;
    // An error that is not the server's, on a live connection, is the driver refusing to send the statement.
    return this.lost || sqlState(error) !== undefined;
  }

  /** What is sent in one turn of the event loop leaves as one packet: each costs a system call and wakes the server. */
  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    const socket = socketOf(this.#client);
    socket.cork();
    process.nextTick(() => {
      this.#gathering = false;
      socket.uncork();
    });
  }

  async #within<T>(limitMs: number, sql: string, work: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      this.#onLost(new Error(`The database did not answer within ${limitMs} ms.`));
      this.#faults.overdue(this.#client, sql);
    }, limitMs);
    try {
      return await work();
    } catch (error) {
      this.#faults.reported(error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  readonly #onLost = (error: Error): void => {
    this.#lost ??= error;
  };

  readonly #onEnd = (): void => this.#onLost(new Error('The database closed the connection.'));

  /**
   * When the wait for the standby is cancelled the server commits locally, warns and reports success
   * (PostgreSQL, `SyncRepWaitForLSN`). A failover may then lose what was reported as committed.
   */
  readonly #onNotice = (notice: { message?: string | undefined; routine?: string | undefined }): void => {
    const isAboutStandby =
      notice.routine === 'SyncRepWaitForLSN' ||
      /canceling (the )?wait for synchronous replication/.test(notice.message ?? '');
    if (isAboutStandby) this.#standbyWaitCancelled = true;
  };
}

/** The stream under the driver's connection, which its types leave out. */
export function socketOf(client: pg.ClientBase): Writable {
  return (client as pg.ClientBase & { readonly connection: { readonly stream: Writable } }).connection.stream;
}
