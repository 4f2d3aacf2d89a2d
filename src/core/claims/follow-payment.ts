import type { Transaction } from '#db/database.ts';
import type { Core } from '../core.ts';
import type { Payment } from '../payments/payment.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { hasInvoice } from '../uploads/list-uploads.ts';
import type { Claim } from './claim.ts';
import { freeClaim, takeClaim } from './hold-claim.ts';
import { moveClaim } from './move-claim.ts';

/** Has a claim go where its payment, which the caller holds with it, has gone. */
export async function followPayment(
  core: Core,
  transaction: Transaction,
  claim: Claim,
  payment: Payment,
  at: Date,
): Promise<void> {
  if (payment.status === 'authorised') {
    await takeClaim(transaction, claim, payment.id);
    await moveClaim(core, transaction, claim, { to: 'authorised', reason: 'the money is held', at });
    return;
  }
  await freeClaim(transaction, claim, payment.id);
  if (payment.status === 'cancelled' && claim.activePaymentId === payment.id && claim.status === 'authorised')
    await moveClaim(core, transaction, claim, { to: 'cancelled', reason: 'the money was let go', at });
  if (payment.status !== 'completed') return;
  const paid = await moveClaim(core, transaction, claim, {
    to: 'pending',
    reason: 'paid',
    at,
    paymentId: payment.id,
  });
  await settleByInvoice(core, transaction, paid, at);
}

/** Settles a claim that is paid and has its invoice, unless the tenant's operator decides that. */
export async function settleByInvoice(
  core: Core,
  transaction: Transaction,
  claim: Claim,
  at: Date,
): Promise<void> {
  if (claim.status !== 'pending') return;
  const { settings } = await readTenant({ database: transaction }, claim.tenantId);
  if (settings.settlement === 'operator' || !(await hasInvoice(transaction, claim))) return;
  await moveClaim(core, transaction, claim, { to: 'settled', reason: 'the invoice is there', at });
}
