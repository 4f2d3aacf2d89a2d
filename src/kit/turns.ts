import { CoreError } from './errors.ts';

/** A bound on how much of one kind of work is under way in this process. */
export interface Turns {
  /**
   * Does the work when its turn comes, in the order of asking. `unavailable` at once, and nothing done, where as many wait
   * as may: a caller is better told to come again than left to its timeout.
   */
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createTurns({ atOnce, waiting }: { atOnce: number; waiting: number }): Turns {
  const queue: (() => void)[] = [];
  let free = atOnce;
  const enter = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (queue.length >= waiting) throw new CoreError('unavailable', 'Too much is under way. Ask again.');
    await new Promise<void>((resolve) => queue.push(resolve));
  };
  // Whoever waits longest is handed the turn itself, so that nobody who comes now is faster.
  const leave = (): void => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    take: async (work) => {
      await enter();
      return work().finally(leave);
    },
  };
}
