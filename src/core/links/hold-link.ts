import type { Transaction } from '#db/database.ts';
import type { LinkId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Link } from './link.ts';
import { lockLink, updateActivePayment } from './store.ts';

/** The link, locked until the transaction ends. Links are locked before payments, payments before operations. */
export async function holdLink(transaction: Transaction, tenantId: TenantId, id: LinkId): Promise<Link> {
  const link = await lockLink(transaction, tenantId, id);
  if (link === undefined) throw new Error(`link ${id} is missing`);
  return link;
}

/** Frees the link for another attempt, if this payment was the one that had it. */
export async function freeLink(transaction: Transaction, link: Link, paymentId: PaymentId): Promise<void> {
  if (link.activePaymentId === paymentId) await updateActivePayment(transaction, link, null);
}

/** Keeps the link for a payment whose money is held: nobody else may pay it meanwhile. */
export async function takeLink(transaction: Transaction, link: Link, paymentId: PaymentId): Promise<void> {
  if (link.activePaymentId !== paymentId) await updateActivePayment(transaction, link, paymentId);
}
