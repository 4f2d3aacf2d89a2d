import { AsyncLocalStorage } from 'node:async_hooks';
import { nothingCommitted } from './database-errors.ts';

export interface GroupCommit<Input, Output> {
  /**
   * Writes all inputs with one statement and answers each in its place: its output, or the error of its row. May
   * throw when the statement as a whole fails.
   */
  run(inputs: readonly Input[]): Promise<readonly (Output | Error)[]>;
  /** The most inputs written by one statement. */
  readonly maxBatch?: number;
  /** How many statements are under way at once; what arrives meanwhile is gathered for the next. */
  readonly maxInFlight?: number;
}

interface Waiting<Input, Output> {
  readonly input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/**
 * Group commit: concurrent calls share one statement and so one flush to disk. A call made while nothing is under way
 * is written at once; nothing waits for company.
 *
 * When a statement fails and the database says that nothing was committed, the batch is halved until the bad rows
 * stand alone, so that they fail and the others do not. Any other error (a connection lost while committing) reaches
 * every caller of the batch: what was written is unknown and must not be written again.
 */
export function groupCommit<Input, Output>({
  run,
  maxBatch = 256,
  maxInFlight = 2,
}: GroupCommit<Input, Output>): (input: Input) => Promise<Output> {
  type Waiter = Waiting<Input, Output>;
  const queue: Waiter[] = [];
  let inFlight = 0;
  // A batch belongs to no single caller: it must not run inside one caller's transaction or logging context.
  const outsideCallers = AsyncLocalStorage.snapshot();

  async function write(batch: readonly Waiter[]): Promise<void> {
    try {
      const results = await run(batch.map(({ input }) => input));
      if (results.length !== batch.length) throw new Error('A group commit must answer every input.');
      for (const [index, waiter] of batch.entries()) answer(waiter, results[index] as Output | Error);
    } catch (error) {
      if (batch.length > 1 && nothingCommitted(error)) return halve(batch);
      for (const { reject } of batch) reject(error);
    }
  }

  async function halve(batch: readonly Waiter[]): Promise<void> {
    const middle = Math.ceil(batch.length / 2);
    await write(batch.slice(0, middle));
    await write(batch.slice(middle));
  }

  function pump(): void {
    while (inFlight < maxInFlight && queue.length > 0) {
      inFlight += 1;
      void write(queue.splice(0, maxBatch)).finally(() => {
        inFlight -= 1;
        pump();
      });
    }
  }

  return (input) =>
    new Promise((resolve, reject) => {
      queue.push({ input, resolve, reject });
      // Calls made in the same turn of the event loop share a batch.
      if (queue.length === 1) outsideCallers(queueMicrotask, pump);
    });
}

function answer<Output>(waiter: Waiting<unknown, Output>, result: Output | Error): void {
  if (result instanceof Error) waiter.reject(result);
  else waiter.resolve(result);
}
