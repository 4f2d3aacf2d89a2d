import { CoreError } from '#kit/errors.ts';
import type { OperationId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { readOperation } from './read-operations.ts';

/**
 * Refuses, as `idempotency_in_flight`, a repeated request whose first one still waits for the processor's first answer:
 * half an answer under the same key would be another answer.
 */
export async function requireAnswered(
  core: Core,
  tenantId: TenantId,
  operationId: OperationId,
): Promise<void> {
  const operation = await readOperation(core, tenantId, operationId);
  if (operation.status !== 'intended') return;
  throw new CoreError(
    'idempotency_in_flight',
    'The first request with this Idempotency-Key is still at work.',
  );
}
