import type { Transaction } from '#db/database.ts';
import type { LinkId, OperationId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { insertRefund } from './store.ts';

/**
 * Writes the second post-transaction that a practice system finds a refund by, in the transaction that books it. Changes
 * nothing where the link was not made for a practice system.
 */
export async function followRefund(
  core: Pick<Core, 'ids'>,
  transaction: Transaction,
  refund: { tenantId: TenantId; linkId: LinkId; operationId: OperationId; at: Date },
): Promise<void> {
  await insertRefund(transaction, { ...refund, externalId: core.ids.uuid() });
}
