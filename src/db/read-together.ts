import { AsyncLocalStorage } from 'node:async_hooks';
import type { Columns, Numbered } from './database.ts';
import { askRows, countRows, type RowsTogether, sendTogether, startTogether } from './rows-together.ts';

/** One statement for more rows than these would keep those that asked for little waiting. */
const maxRows = 256;

/**
 * Lets reads over rows that are asked for in one turn of the event loop be one statement for each name: to send, to plan
 * and to answer a statement costs several times what it costs to look up one more row by its key.
 */
export function readTogether(
  read: (sql: string, columns: Columns, name: string) => Promise<readonly Numbered[]>,
): <Row>(sql: string, columns: Columns, name: string) => Promise<(Row & Numbered)[]> {
  let gathered = new Map<string, RowsTogether>();
  // What is read for several must not run in the context of the one that happened to ask first.
  const outsideCallers = AsyncLocalStorage.snapshot();

  function sendAll(): void {
    const statements = gathered;
    gathered = new Map();
    for (const statement of statements.values()) sendTogether(statement, read);
  }

  return <Row>(sql: string, columns: Columns, name: string) => {
    if (gathered.size === 0) outsideCallers(setImmediate, sendAll);
    const begun = gathered.get(name);
    const isFull = begun !== undefined && countRows(begun) + countRows({ columns }) > maxRows;
    if (isFull) outsideCallers(sendTogether, begun, read);
    const statement = begun === undefined || isFull ? startTogether(sql, columns, name) : begun;
    gathered.set(name, statement);
    return askRows<Row>(statement, columns);
  };
}
