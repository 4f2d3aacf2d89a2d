import { type Logger, pino } from 'pino';

/**
 * The only fields that are ever logged. A field that is not named here is dropped, so that no new line of code can put
 * a card number, a secret or a payer's name into a log by passing an object.
 */
const allowed: ReadonlySet<string> = new Set([
  'alarm',
  'attempt',
  'check',
  'code',
  'connector',
  'connectorMs',
  'elapsedMs',
  'errorCode',
  'errorName',
  'event',
  'facade',
  'kind',
  'method',
  'operationId',
  'outcome',
  'port',
  'reason',
  'requestId',
  'route',
  'rows',
  'stack',
  'status',
  'store',
  'tenantId',
  'url',
]);

/** A structured logger, one JSON line per event on standard output. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name))),
    },
  });
}

/** What may be told of an unexpected error: where it happened, not what it said, which may quote somebody's input. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    errorName: error.name,
    errorCode: (error as NodeJS.ErrnoException).code,
    stack: frames.slice(0, 12).join('\n'),
  };
}
