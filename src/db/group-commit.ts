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
  /** How many statements may be under way at once, where those before are slow or enough inputs wait. */
  readonly maxInFlight?: number;
  /** Inputs that wait are not kept back where they are so many, and no fewer than the statement under way has. */
  readonly enough?: number;
  /**
   * How long a statement keeps the next one back, or twice as long as statements take at present where that is more: a
   * lock that one of its inputs waits for must not hold up all others.
   */
  readonly overtakeMs?: number;
  /** A clock that only goes forward, in milliseconds. */
  readonly nowMs?: () => number;
}

/** However slow all are, one keeps the next back no longer. */
const mostPatienceMs = 200;

/** The share of the last one in what is taken for usual. */
const newsShare = 1 / 8;

interface Waiting<Input, Output> {
  readonly input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/**
 * Group commit: concurrent calls share one statement and so one flush to disk. A call made while nothing is under way
 * is written at once; what arrives meanwhile is gathered for the next. One at a time: two would be half as large each, and
 * what a small batch costs hardly depends on its size. Once as many wait as are under way, hardly anybody is left to wait
 * for: they go ahead, and one batch is prepared while the database writes the other. On a busy machine all are slow, and to
 * overtake them all would make each small and all slower still: otherwise only what takes longer than usual is overtaken.
 *
 * When a statement fails and the database says that nothing was committed, the batch is halved until the bad rows
 * stand alone, so that they fail and the others do not. Any other error (a connection lost while committing) reaches
 * every caller of the batch: what was written is unknown and must not be written again.
 */
export function groupCommit<Input, Output>({
  run,
  maxBatch = 256,
  maxInFlight = 3,
  enough = 24,
  overtakeMs = 25,
  nowMs = () => performance.now(),
}: GroupCommit<Input, Output>): (input: Input) => Promise<Output> {
  type Waiter = Waiting<Input, Output>;
  const queue: Waiter[] = [];
  let inFlight = 0;
  let willPump = false;
  /** The batch under way that the next one waits for; none where it is slow. */
  let leading: readonly Waiter[] | undefined;
  let usualMs = 0;
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
    willPump = false;
    if (queue.length === 0 || inFlight >= maxInFlight) return;
    const isEnough = queue.length >= Math.max(leading?.length ?? 0, enough);
    if (leading === undefined || isEnough) send(queue.splice(0, maxBatch));
  }

  function send(batch: readonly Waiter[]): void {
    inFlight += 1;
    leading = batch;
    const goOn = () => {
      if (leading === batch) leading = undefined;
      pump();
    };
    const begunMs = nowMs();
    const patienceMs = Math.min(mostPatienceMs, Math.max(overtakeMs, 2 * usualMs));
    const patience = setTimeout(goOn, patienceMs);
    void write(batch).finally(() => {
      clearTimeout(patience);
      usualMs += (Math.min(nowMs() - begunMs, patienceMs) - usualMs) * newsShare;
      inFlight -= 1;
      goOn();
    });
  }

  return (input) =>
    new Promise((resolve, reject) => {
      queue.push({ input, resolve, reject });
      // Requests that are read in the same turn of the event loop share a batch, though each is a task of its own.
      if (!willPump) outsideCallers(setImmediate, pump);
      willPump = true;
    });
}

function answer<Output>(waiter: Waiting<unknown, Output>, result: Output | Error): void {
  if (result instanceof Error) waiter.reject(result);
  else waiter.resolve(result);
}
