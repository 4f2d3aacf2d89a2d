import type { Columns, Numbered, Transaction } from './database.ts';

/** A statement over rows that is about to be sent, with the rows that came together for it. */
interface Gathered {
  readonly sql: string;
  readonly name: string;
  readonly columns: unknown[][];
  /** Whose rows are answered, and where theirs begin. Nobody's, where it is a write. */
  readonly askers: Asker[];
}

interface Asker {
  readonly start: number;
  readonly count: number;
  resolve(rows: readonly Numbered[]): void;
  reject(error: unknown): void;
}

/**
 * Does several pieces of work side by side in one transaction, each in a lane of its own: the same code as for one. Where
 * lanes come to the same statement over rows, it is sent once with the rows of all. Within a lane the order of statements
 * stays; between lanes there is none, so they must not touch the same rows: locks do not keep them apart, since they share
 * the transaction. Where one fails so do all, once every one has ended.
 */
export async function sideBySide(
  transaction: Transaction,
  works: readonly ((lane: Transaction) => Promise<void>)[],
): Promise<void> {
  const [alone] = works;
  if (works.length === 1) return alone?.(transaction);
  const gathering = createGathering(transaction);
  const endings = await Promise.allSettled(works.map((work) => work(gathering.openLane())));
  gathering.send();
  const failure = gathering.failure() ?? endings.find((ending) => ending.status === 'rejected')?.reason;
  if (failure !== undefined) throw failure;
}

function createGathering(transaction: Transaction) {
  let gathered: Gathered[] = [];
  let failure: unknown;

  function send(): void {
    const statements = gathered;
    gathered = [];
    try {
      for (const { sql, name, columns, askers } of statements) {
        if (askers.length === 0) transaction.writeRows(sql, columns, name);
        else
          transaction.queryRows(sql, columns, name).then(
            (rows) => share(rows, askers),
            (error) => refuse(askers, error),
          );
      }
    } catch (error) {
      // The transaction is over. Nobody may wait for an answer that never comes.
      failure ??= error;
      for (const { askers } of statements) refuse(askers, error);
    }
  }

  /** The statement of this name behind the place given, which is made where there is none; answers its place. */
  function place(after: number, sql: string, columns: Columns, name: string): number {
    const found = gathered.findIndex((one, index) => index > after && one.name === name);
    if (found !== -1) return found;
    // Sent when every lane has come as far as it can without an answer.
    if (gathered.length === 0) process.nextTick(send);
    return gathered.push({ sql, name, columns: columns.map(() => []), askers: [] }) - 1;
  }

  function openLane(): Transaction {
    let round = gathered;
    let last = -1;
    const add = (sql: string, columns: Columns, name: string): Gathered => {
      if (round !== gathered) last = -1;
      round = gathered;
      last = place(last, sql, columns, name);
      const statement = gathered[last] as Gathered;
      for (const [index, column] of columns.entries()) statement.columns[index]?.push(...column);
      return statement;
    };
    return {
      open: true,
      query: (sql, parameters, name) => {
        send();
        return transaction.query(sql, parameters, name);
      },
      execute: (script) => {
        send();
        return transaction.execute(script);
      },
      write: (sql, parameters, name) => {
        send();
        transaction.write(sql, parameters, name);
      },
      writeRows: add,
      queryRows: <Row>(sql: string, columns: Columns, name: string) =>
        new Promise<(Row & Numbered)[]>((resolve, reject) => {
          const { columns: all, askers } = add(sql, columns, name);
          const count = columns[0]?.length ?? 0;
          const start = (all[0]?.length ?? 0) - count;
          askers.push({ start, count, resolve: (rows) => resolve(rows as (Row & Numbered)[]), reject });
        }),
    };
  }

  return { openLane, send, failure: () => failure };
}

/** Gives each asker what was answered of its own rows, counted from one again. */
function share(rows: readonly Numbered[], askers: readonly Asker[]): void {
  for (const { start, count, resolve } of askers) {
    const own = rows.filter(({ n }) => n > start && n <= start + count);
    resolve(own.map((row) => ({ ...row, n: row.n - start })));
  }
}

function refuse(askers: readonly Asker[], error: unknown): void {
  for (const { reject } of askers) reject(error);
}
