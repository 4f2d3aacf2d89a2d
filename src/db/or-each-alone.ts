import { CommitUnknownError } from './database-errors.ts';

/**
 * Does a batch in one go; where that fails, each of it alone, so that one that cannot be done does not hold up the others.
 * Answers each in its place, or why it could not be done. What may have been committed is not done again: that error is
 * everybody's.
 */
export async function orEachAlone<Input, Output>(
  batch: readonly Input[],
  together: (inputs: readonly Input[]) => Promise<readonly (Output | Error)[]>,
): Promise<readonly (Output | Error)[]> {
  try {
    return await together(batch);
  } catch (error) {
    if (batch.length === 1 || error instanceof CommitUnknownError) throw error;
    const endings = await Promise.allSettled(batch.map((one) => together([one])));
    return endings.map((one) =>
      one.status === 'fulfilled' ? (one.value[0] as Output) : toError(one.reason),
    );
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
