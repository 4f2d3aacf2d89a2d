import { CoreError } from '#kit/errors.ts';
import type { PaymentId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Document } from './document.ts';
import { selectReceipt } from './store.ts';

/** The receipt of a payment; `operation_forbidden` while there is none. */
export async function readReceipt(
  core: Pick<Core, 'database'>,
  tenantId: TenantId,
  paymentId: PaymentId | null,
): Promise<Document> {
  const receipt = paymentId === null ? undefined : await selectReceipt(core.database, tenantId, paymentId);
  if (receipt === undefined)
    throw new CoreError('operation_forbidden', 'There is no receipt before it is paid.');
  return receipt;
}
