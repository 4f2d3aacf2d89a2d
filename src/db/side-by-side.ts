import type { Columns, Transaction } from './database.ts';
import {
  addRows,
  askRows,
  type RowsTogether,
  refuseAskers,
  sendTogether,
  startTogether,
} from './rows-together.ts';

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
  let gathered: RowsTogether[] = [];
  let failure: unknown;

  function send(): void {
    const statements = gathered;
    gathered = [];
    try {
      for (const statement of statements) {
        const { sql, columns, name, askers } = statement;
        if (askers.length === 0) transaction.writeRows(sql, columns, name);
        else sendTogether(statement, transaction.queryRows);
      }
    } catch (error) {
      // The transaction is over. Nobody may wait for an answer that never comes.
      failure ??= error;
      for (const { askers } of statements) refuseAskers(askers, error);
    }
  }

  /** The statement of this name behind the place given, which is made where there is none; answers its place. */
  function place(after: number, sql: string, columns: Columns, name: string): number {
    const found = gathered.findIndex((one, index) => index > after && one.name === name);
    if (found !== -1) return found;
    // Sent when every lane has come as far as it can without an answer.
    if (gathered.length === 0) process.nextTick(send);
    return gathered.push(startTogether(sql, columns, name)) - 1;
  }

  function openLane(): Transaction {
    let round = gathered;
    let last = -1;
    const next = (sql: string, columns: Columns, name: string): RowsTogether => {
      if (round !== gathered) last = -1;
      round = gathered;
      last = place(last, sql, columns, name);
      return gathered[last] as RowsTogether;
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
      writeRows: (sql, columns, name) => addRows(next(sql, columns, name), columns),
      queryRows: <Row>(sql: string, columns: Columns, name: string) =>
        askRows<Row>(next(sql, columns, name), columns),
      afterCommit: transaction.afterCommit,
    };
  }

  return { openLane, send, failure: () => failure };
}
