import { CoreError } from '#kit/errors.ts';
import type { ClaimId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { hasInvoice } from '../uploads/list-uploads.ts';
import { holdClaim } from './hold-claim.ts';
import { moveClaim } from './move-claim.ts';

/** The operator's word that a claim is fulfilled. `operation_forbidden` unless it is paid and has its invoice. */
export async function settleClaim(core: Core, call: Call, id: string): Promise<Answer<{ claimId: ClaimId }>> {
  return runOnce(core, call, async (transaction) => {
    const claim = await holdClaim(transaction, call.tenant.id, id);
    if (claim.status !== 'pending')
      throw new CoreError('operation_forbidden', `The claim is ${claim.status}, not pending.`);
    if (!(await hasInvoice(transaction, claim)))
      throw new CoreError('operation_forbidden', 'The claim has no invoice yet.');
    const at = businessNow(core.clock, call.tenant);
    await moveClaim(core, transaction, claim, { to: 'settled', reason: 'settled by the operator', at });
    return { claimId: claim.id };
  });
}
