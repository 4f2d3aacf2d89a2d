import type { Transaction } from '#db/database.ts';
import type { LinkId, OperationId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { ringForLink } from './ring-for-link.ts';
import { insertRefund } from './store.ts';

/**
 * Writes the second post-transaction that a practice system finds a refund by, in the transaction that books it. Changes
 * nothing where the link was not made for a practice system.
 */
export async function followRefund(
  core: Core,
  transaction: Transaction,
  refund: { tenantId: TenantId; linkId: LinkId; operationId: OperationId; at: Date },
): Promise<void> {
  const { tenantId, linkId, at } = refund;
  await insertRefund(transaction, { ...refund, externalId: core.ids.uuid() });
  await ringForLink(core, transaction, { tenantId, linkId, movesMoney: true, at });
}
