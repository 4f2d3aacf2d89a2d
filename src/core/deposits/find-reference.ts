import type { Queryable } from '#db/database.ts';
import type { LinkId, PaymentId, TenantId } from '#kit/ids.ts';
import type { DepositReference } from './deposit.ts';
import { selectReference, selectReferenceOf } from './store.ts';

/** What a number stands for, as a payer wrote it: with spaces or without. */
export async function findReference(
  queryable: Queryable,
  tenantId: TenantId,
  written: string,
): Promise<DepositReference | undefined> {
  return selectReference(queryable, tenantId, written.replaceAll(/\s/g, ''));
}

/** The number of a link's invoice or of a payment, if it has one. */
export async function findReferenceOf(
  queryable: Queryable,
  tenantId: TenantId,
  of: { linkId: LinkId } | { paymentId: PaymentId },
): Promise<DepositReference | undefined> {
  return selectReferenceOf(queryable, tenantId, of);
}
