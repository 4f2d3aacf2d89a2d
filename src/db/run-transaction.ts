import type { Connection } from './connection.ts';
import type { Transaction } from './database.ts';

/**
 * One attempt at a transaction on one connection: begin, work, commit; rolled back when `work` throws or leaves the
 * transaction idle for longer than `idleMs`.
 */
export async function runTransaction<T>(
  connection: Connection,
  work: (transaction: Transaction) => Promise<T>,
  idleMs: number,
): Promise<T> {
  const scope = openScope(connection, idleMs);
  try {
    await connection.query('begin isolation level read committed');
    scope.watch();
    const result = await Promise.race([work(scope.transaction), scope.expired]);
    await scope.close();
    await connection.commit();
    return result;
  } catch (error) {
    await scope.close();
    await connection.rollback();
    throw error;
  }
}

function openScope(connection: Connection, idleMs: number) {
  let closed: Error | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let pending = 0;
  let timer: NodeJS.Timeout | undefined;
  const { promise: expired, reject: expire } = Promise.withResolvers<never>();
  // Raced by the attempt only once the work has begun.
  expired.catch(() => {});

  function watch(): void {
    clearTimeout(timer);
    if (pending > 0 || closed) return;
    timer = setTimeout(() => {
      closed = new Error(`The transaction was rolled back: it waited ${idleMs} ms for something outside.`);
      expire(closed);
    }, idleMs);
  }

  /** Statements of one transaction run one after another, whatever the work does concurrently. */
  function inTurn<R>(run: () => Promise<R>): Promise<R> {
    if (closed) return Promise.reject(closed);
    pending += 1;
    clearTimeout(timer);
    const turn = tail.then(run).finally(() => {
      pending -= 1;
      watch();
    });
    tail = turn.catch(() => {});
    return turn;
  }

  const transaction: Transaction = {
    open: true,
    query: <Row>(sql: string, parameters?: readonly unknown[], name?: string) =>
      inTurn(() => connection.query<Row>(sql, parameters, name)),
    execute: <Row>(script: string) => inTurn(() => connection.execute<Row>(script)),
  };

  /** Refuses further statements and waits for those already sent, so that none runs outside the transaction. */
  async function close(): Promise<void> {
    closed ??= new Error('The transaction is over.');
    clearTimeout(timer);
    await tail;
  }

  return { transaction, expired, watch, close };
}
