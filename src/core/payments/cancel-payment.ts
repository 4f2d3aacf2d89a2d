import { CoreError } from '#kit/errors.ts';
import type { PaymentId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { askCancel } from '../operations/ask-cancel.ts';
import { isOpen } from '../operations/operation.ts';
import { readOperationsOf } from '../operations/read-operations.ts';
import type { Tenant } from '../tenants/tenant.ts';

/**
 * Asks the processor to end a charge that waits for its payer. Afterwards the payment tells what came of it: `aborted`
 * where the payer asked, `stopped` where the tenant did, `completed` where the payer was faster, `pending` while nobody
 * knows. Of a payment without an open charge nothing is asked. `operation_forbidden` where the processor has no such
 * thing as a cancel.
 */
export async function cancelPayment(
  core: Core,
  tenant: Pick<Tenant, 'id'>,
  input: { paymentId: PaymentId; by: 'payer' | 'tenant' },
): Promise<void> {
  const operations = await readOperationsOf(core, tenant.id, [input.paymentId]);
  const charge = operations.find((one) => one.kind !== 'refund' && isOpen(one));
  if (charge === undefined) return;
  if (!core.processors.canCancel(charge.connector))
    throw new CoreError('operation_forbidden', `A payment at ${charge.connector} cannot be cancelled.`);
  await askCancel(core, charge, input.by);
  await core.processors.cancel(tenant.id, charge.id);
}
