import { AsyncLocalStorage } from 'node:async_hooks';

/** How long a request spent waiting for processors; the rest of its time is our own. */
export interface Timing {
  connectorMs: number;
}

const current = new AsyncLocalStorage<Timing>();

/** Runs what handles a request so that time spent at processors is counted to it. */
export function withTiming<Result>(timing: Timing, handle: () => Result): Result {
  return current.run(timing, handle);
}

/** Counts time spent at a processor to the request that waits for it, if one does. */
export function countConnectorTime(elapsedMs: number): void {
  const timing = current.getStore();
  if (timing !== undefined) timing.connectorMs += elapsedMs;
}
