import type { Operation } from '#core/operations/operation.ts';
import { CoreError } from '#kit/errors.ts';

/** The address of the page an operation was opened for; an error where the processor has opened none. */
export function requirePage(operation: Operation): string {
  if (operation.pageUrl !== null) return operation.pageUrl;
  if (operation.status === 'declined')
    throw new CoreError('operation_forbidden', `The processor opened no page: ${operation.message ?? ''}`);
  throw new CoreError(
    'unavailable',
    'The processor did not open a page in time. Nothing was charged; ask again.',
  );
}
