import { readClaim } from '../claims/read-claim.ts';
import type { Core } from '../core.ts';
import type { Operation } from '../operations/operation.ts';
import { readOperation } from '../operations/read-operations.ts';
import { findPayment } from './read-payment.ts';

/**
 * Why a payer's money is still here that was promised back to them, where a refund has failed at whose answer no caller
 * looks: somebody paid twice, or paid for what was denied. A person must be told. Undefined where nothing is kept.
 */
export async function findKeptMoney(
  core: Pick<Core, 'database'>,
  refund: Operation,
): Promise<string | undefined> {
  if (refund.kind !== 'refund') return undefined;
  const tenant = { id: refund.tenantId };
  const { status } = await readOperation(core, tenant.id, refund.id);
  if (status !== 'declined' && status !== 'absent') return undefined;
  const { superseded, claimId } = await findPayment(core.database, tenant, refund.paymentId);
  if (superseded) return 'what was paid twice was not given back';
  const claim = claimId === null ? undefined : await readClaim(core, tenant, claimId);
  return claim?.status === 'denied' ? 'what was paid for a denied claim was not given back' : undefined;
}
