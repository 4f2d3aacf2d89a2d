import { behindBegin } from './behind-begin.ts';
import type { Connection } from './connection.ts';
import type { Transaction } from './database.ts';
import { sqlState } from './database-errors.ts';

/**
 * One attempt at a transaction on one connection: begin, work, commit; rolled back when `work` throws or leaves the
 * transaction idle for longer than `idleMs`. What `work` reads first is sent right behind `begin`, and the commit right
 * behind what `work` has sent, answered or not: the server turns it into a rollback where a statement before it failed.
 * Answers with the result what is to follow it.
 */
export async function runTransaction<T>(
  connection: Connection,
  work: (transaction: Transaction) => Promise<T>,
  idleMs: number,
): Promise<{ readonly result: T; readonly follows: readonly (() => void)[] }> {
  const begun = connection.query('begin isolation level read committed');
  const scope = openScope(connection, begun, idleMs);
  try {
    const result = await Promise.race([work(scope.transaction), scope.expired]);
    await begun;
    scope.close();
    await connection.commit();
    return { result, follows: scope.follows };
  } catch (error) {
    scope.close();
    await connection.rollback();
    throw scope.failedWrite() ?? error;
  }
}

function openScope(connection: Connection, begun: Promise<unknown>, idleMs: number) {
  let closed: Error | undefined;
  let failedWrite: Error | undefined;
  let pending = 0;
  let timer: NodeJS.Timeout | undefined;
  const follows: (() => void)[] = [];
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

  begun.then(watch, () => {});
  const sendBehindBegin = behindBegin(begun);

  /** The connection runs statements one after another in the order in which they were sent. */
  async function send<R>(sql: string, run: () => Promise<R>): Promise<R> {
    if (closed) throw closed;
    pending += 1;
    clearTimeout(timer);
    try {
      return await sendBehindBegin(sql, async () => {
        // What waited for `begin` while the work failed would come behind the rollback, and be committed on its own.
        if (closed) throw closed;
        return run();
      });
    } finally {
      pending -= 1;
      watch();
    }
  }

  const query = <Row>(sql: string, parameters?: readonly unknown[], name?: string) =>
    send(sql, () => connection.query<Row>(sql, parameters, name));
  const write: Transaction['write'] = (sql, parameters, name) => {
    if (closed) throw closed;
    query(sql, parameters, name).catch((error: Error) => {
      // Only what the server said of the statement: where the connection is lost, the commit tells what is known.
      if (sqlState(error) !== undefined) failedWrite ??= error;
    });
  };
  const transaction: Transaction = {
    open: true,
    query,
    // Whatever a script begins with, it may write.
    execute: <Row>(script: string) => send('', () => connection.execute<Row>(script)),
    write,
    writeRows: write,
    queryRows: query,
    afterCommit: (follow) => follows.push(follow),
  };

  /** Refuses further statements. */
  function close(): void {
    closed ??= new Error('The transaction is over.');
    clearTimeout(timer);
  }

  return { transaction, follows, expired, close, failedWrite: () => failedWrite };
}
