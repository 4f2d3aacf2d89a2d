/**
 * What the rest of the house knows of the database. Two stores stand behind it: PostgreSQL by URL and the embedded
 * PGlite. SQL is PostgreSQL's, with `$1` parameters. On both, `int8` and `numeric` sums come back as bigint,
 * `timestamptz` as Date, `jsonb` as parsed JSON, `bytea` as Buffer, `date` as `YYYY-MM-DD` text.
 */
export interface Queryable {
  /** Runs one statement. A `name` asks for a prepared statement kept on the connection. */
  query<Row = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
    name?: string,
  ): Promise<Row[]>;
  /** Runs a script of several statements without parameters (migrations). Answers the rows of all of them. */
  execute<Row = Record<string, unknown>>(script: string): Promise<Row[]>;
  /**
   * As `query`, of a statement over rows: every parameter is one of their columns. What it answers says in the column `n`
   * of which of the given rows, from 1, it speaks; of those it says nothing of there is no row. In a transaction it may
   * write; on the database itself it must only read (`selectForEach`): the rows of several callers go in one statement.
   */
  queryRows<Row>(sql: string, columns: Columns, name: string): Promise<(Row & Numbered)[]>;
}

/** An open transaction. Only the work it was opened for may use it. */
export interface Transaction extends Queryable {
  readonly open: true;
  /**
   * Sends one statement whose rows nobody reads, without waiting for it: what follows, the commit included, goes right
   * behind it in the same packet. Where it fails so does the transaction, with this statement's error.
   */
  write(sql: string, parameters?: readonly unknown[], name?: string): void;
  /**
   * As `write`, of a statement over rows: every parameter is one of their columns (`unnest($1::uuid[], …)`). So the rows
   * of several callers can go in one statement; see `sideBySide`.
   */
  writeRows(sql: string, columns: Columns, name: string): void;
  /**
   * Has this done once the transaction is known to be committed, outside of it; never where it is rolled back, or where
   * nobody knows. It must not throw.
   */
  afterCommit(follow: () => void): void;
}

/** Rows by their columns, all of one length. */
export type Columns = readonly (readonly unknown[])[];

export interface Numbered {
  readonly n: number;
}

export interface Database extends Queryable {
  readonly store: 'postgres' | 'embedded';
  /**
   * Runs `work` in one READ COMMITTED transaction and commits. Rolled back when `work` throws. Deadlocks and
   * serialisation failures are retried a bounded number of times, so `work` must have no effect but through the
   * transaction. A query on the database itself from inside `work` is an error: it would wait for itself on the
   * embedded store. When the commit was sent but not confirmed the error is a CommitUnknownError.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
