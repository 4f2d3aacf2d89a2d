import { setTimeout } from 'node:timers/promises';
import { CoreError } from '#kit/errors.ts';
import type { OperationId, TenantId } from '#kit/ids.ts';
import type { Call, Core } from '../core.ts';
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

/** Between two looks whether the first of two equal requests has its answer. */
const lookAgainMs = 100;

/**
 * Lets a repeated request share the answer of the first one: under a key of the caller's own as `requireAnswered` says;
 * where the caller gave none, by waiting for it, for as long as a sender owns an operation.
 */
export async function joinAnswer(core: Core, call: Call, operationId: OperationId): Promise<void> {
  const tenantId = call.tenant.id;
  if (call.idempotency?.replayMs === undefined) return requireAnswered(core, tenantId, operationId);
  for (let waitedMs = 0; waitedMs < core.limits.leaseMs; waitedMs += lookAgainMs) {
    const operation = await readOperation(core, tenantId, operationId);
    if (operation.status !== 'intended') return;
    await setTimeout(lookAgainMs);
  }
}
