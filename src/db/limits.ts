/** How long and how many: the settings of a store. Times in milliseconds. */
export interface Limits {
  /**
   * A single statement. Everything the product runs takes milliseconds, and exports read page by page, so half a
   * minute is a runaway; ending it keeps one bad plan from holding connections and locks.
   */
  readonly statementMs: number;
  /** A whole script: a migration may rebuild an index on a large table. */
  readonly scriptMs: number;
  /**
   * A transaction that waits for something other than the database. Nothing outside is called with a transaction
   * open, so a pause this long is a hung process or a deadlock with itself, and its locks stop others.
   */
  readonly idleInTransactionMs: number;
  /** Waiting for a free connection, or for the server to accept a new one. */
  readonly connectMs: number;
  /** Connections kept to PostgreSQL. A few per core of the database server; the embedded store has one. */
  readonly connections: number;
}

export const defaultLimits: Limits = {
  statementMs: 30_000,
  scriptMs: 600_000,
  idleInTransactionMs: 15_000,
  connectMs: 10_000,
  connections: 10,
};
