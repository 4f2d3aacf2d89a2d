/**
 * A commit whose outcome nobody knows: the connection was lost, or the wait for the standby was cancelled, after the
 * server was asked to commit. The work may be durable or gone. Never answer "failed" for it, and never repeat it
 * without a key that makes the repeat harmless.
 */
export class CommitUnknownError extends Error {
  constructor(cause: unknown) {
    super('The database did not confirm the commit; it may or may not have happened.', { cause });
    this.name = 'CommitUnknownError';
  }
}

/** The five-character SQLSTATE of an error the server reported, or undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * SQLSTATE classes that end the connection or the server: connection exception, insufficient resources (a full disk
 * under the WAL), operator intervention that terminates, system error, internal error. After one of these the fate of
 * a statement that was committing is not known. 57014 (statement cancelled) is an ordinary error and not among them.
 */
const unsureClasses = /^(08|53|57P|58|XX)/;

/** Whether the server itself said that nothing was committed: the statement is an ordinary, rolled back failure. */
export function nothingCommitted(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && !unsureClasses.test(state);
}

/** Serialisation failures and deadlocks: the same work may succeed when run again. */
export function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}
