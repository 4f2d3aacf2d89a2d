import type { Transaction } from '#db/database.ts';
import type { LinkId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { type Ring, ringHooks } from '../hooks/ring-hooks.ts';
import { selectOfLink } from './store.ts';

/**
 * Rings the practice's hooks for a link of its own, in the transaction that changed it. Whether money came or went by it
 * decides for an invoice, whose sums nothing else changes; a prepayment changes with its link each time.
 */
export async function ringForLink(
  core: Core,
  transaction: Transaction,
  { tenantId, linkId, movesMoney, at }: { tenantId: TenantId; linkId: LinkId; movesMoney: boolean; at: Date },
): Promise<void> {
  const made = await selectOfLink(transaction, tenantId, linkId);
  if (made === undefined) return;
  await ringHooks(
    core,
    transaction,
    ringsOf(made, movesMoney).map((ring) => ({ ...ring, tenantId, at })),
  );
}

function ringsOf(
  { id, departmentId, invoiceId }: { id: bigint; departmentId: bigint; invoiceId: bigint | null },
  movesMoney: boolean,
): readonly Omit<Ring, 'tenantId' | 'at'>[] {
  if (invoiceId === null) return [{ trigger: 'unallocatedpayment', objectId: id, departmentId }];
  if (!movesMoney) return [];
  return [
    { trigger: 'invoice', objectId: invoiceId, departmentId },
    { trigger: 'invoicepayment', objectId: id, departmentId },
  ];
}
