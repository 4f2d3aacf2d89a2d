import { CoreError, invalid, notFound } from '#kit/errors.ts';
import { isUuid, type OperationId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import type { Answer, Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { runOnce } from '../idempotency/run-once.ts';
import type { Finding, Operation } from '../operations/operation.ts';
import { findOperation } from '../operations/read-operations.ts';
import { businessNow } from '../tenants/tenant.ts';
import { applyFinding } from './apply-finding.ts';
import { holdOf } from './hold-operations.ts';

/** What a person learned of a movement whose outcome the processor's API does not tell, and who answers for it. */
export interface Resolution {
  readonly operationId: string;
  readonly outcome: 'approved' | 'declined';
  /** The processor's own reference of the movement, as its portal or statement shows it. Needed of an approval. */
  readonly processorReference?: string;
  /** Who looked, as the tenant's house names them. */
  readonly by: string;
  /** Where they looked, and what they saw. */
  readonly reason: string;
}

/** What stands as the processor's code where a person answered for it. */
const code = 'resolved-by-hand';

/**
 * Settles an operation that stays unknown (a Swish payment that ended with DS24 and that the bank never speaks of again) by
 * what a person found out, as if the processor had said it. The event `operation.resolved` keeps who and why, in the same
 * transaction. Refused: an unknown id (`not_found`), an operation that is not unknown (`operation_forbidden`), an approval
 * without the processor's reference (`validation_failed`). What the processor says later is judged as ever: an approval
 * after a refusal is booked, a refusal after an approval is kept as late evidence.
 */
export async function resolveOperation(
  core: Core,
  call: Call,
  resolution: Resolution,
): Promise<Answer<{ operationId: OperationId }>> {
  const { operationId: id } = resolution;
  const known = isUuid(id) ? await findOperation(core, call.tenant.id, id as OperationId) : undefined;
  if (known === undefined) throw notFound('operation');
  return runOnce(core, call, async (transaction) => {
    const held = await holdOf(transaction, known);
    refuseKnown(held.operation);
    const finding = findingOf(held.operation, resolution);
    const at = businessNow(core.clock, call.tenant);
    await recordEvents(core, transaction, [
      {
        tenantId: known.tenantId,
        type: 'operation.resolved',
        subject: { kind: 'operation', id: known.id, version: 1 },
        data: {
          operationId: known.id,
          paymentId: known.paymentId,
          kind: known.kind,
          outcome: resolution.outcome,
          by: resolution.by,
          reason: resolution.reason,
          ...(call.credentialId === undefined ? {} : { credentialId: call.credentialId }),
        },
        at,
      },
    ]);
    await applyFinding(core, transaction, held, finding, at);
    return { operationId: known.id };
  });
}

function refuseKnown({ status }: Operation): void {
  if (status === 'unknown') return;
  throw new CoreError(
    'operation_forbidden',
    `The outcome is ${status}: only one that is unknown is resolved by hand.`,
  );
}

function findingOf(operation: Operation, { outcome, processorReference, reason }: Resolution): Finding {
  if (outcome === 'declined') return { kind: 'declined', code, message: reason, cause: 'processor' };
  if (processorReference === undefined) {
    throw invalid('processorReference', 'missing_field', 'An approval needs the processor’s own reference.');
  }
  return {
    kind: 'approved',
    processorReference,
    amount: money(operation.amount, operation.currency),
    code,
  };
}
