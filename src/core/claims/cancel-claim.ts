import { CoreError } from '#kit/errors.ts';
import type { Core } from '../core.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import type { Claim } from './claim.ts';
import { holdClaim } from './hold-claim.ts';
import { moveClaim } from './move-claim.ts';

/** Ends a claim that its payer does not want. `operation_forbidden` once it is paid, or while a payment is under way. */
export async function cancelClaim(core: Core, tenant: Tenant, claim: Claim): Promise<void> {
  await core.database.transaction(async (transaction) => {
    const held = await holdClaim(transaction, tenant.id, claim.id);
    if (held.status === 'cancelled') return;
    if (held.status !== 'initial' && held.status !== 'claimed')
      throw new CoreError('operation_forbidden', `The payment is ${held.status}.`);
    if (held.activePaymentId !== null) throw new CoreError('operation_forbidden', 'A payment is under way.');
    await moveClaim(core, transaction, held, {
      to: 'cancelled',
      reason: 'cancelled by the payer',
      at: businessNow(core.clock, tenant),
    });
  });
}
