import type { Core } from '../core.ts';
import type { Operation } from '../operations/operation.ts';
import { readOperation } from '../operations/read-operations.ts';
import { findPayment } from './read-payment.ts';

/**
 * Whether a refund that nobody asked for has failed: somebody paid twice, and what is theirs is still here. No caller
 * looks at the answer of such a refund, so a person must be told.
 */
export async function isSurplusKept(core: Pick<Core, 'database'>, refund: Operation): Promise<boolean> {
  if (refund.kind !== 'refund') return false;
  const { status } = await readOperation(core, refund.tenantId, refund.id);
  if (status !== 'declined' && status !== 'absent') return false;
  return (await findPayment(core.database, { id: refund.tenantId }, refund.paymentId)).superseded;
}
