import type { Transaction } from '#db/database.ts';
import { money } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { holdLink } from '../links/hold-link.ts';
import { type Link, paymentItemsOf } from '../links/link.ts';
import { holdOrder } from '../orders/hold-orders.ts';
import { isDivided } from '../orders/order.ts';
import { addDepositPayment } from '../payments/add-deposit-payment.ts';
import { holdFunded, holdPayment } from '../payments/hold-payment.ts';
import { depositMethod, isActive, isFunded, type Payment } from '../payments/payment.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { type Deposit, type DepositReference, divide } from './deposit.ts';
import { fundPayment } from './fund-payment.ts';
import { moveDeposit } from './move-deposit.ts';
import { lockOfPayment } from './store.ts';

/** What a deposit is for, locked in the one order everybody locks in: link, then payment. */
export interface Purpose {
  readonly reference: DepositReference;
  readonly link: Link | undefined;
  /** The payment it goes towards; undefined where there is none yet, or none that takes money any more. */
  readonly payment: Payment | undefined;
}

/** Holds what a reference stands for. */
export async function holdPurpose(transaction: Transaction, reference: DepositReference): Promise<Purpose> {
  const { tenantId, linkId, paymentId } = reference;
  if (linkId !== null) {
    const link = await holdLink(transaction, tenantId, linkId);
    return { reference, link, payment: await holdFunded(transaction, tenantId, linkId) };
  }
  if (paymentId === null) throw new Error(`the reference ${reference.reference} stands for nothing`);
  return { reference, link: undefined, payment: await holdPayment(transaction, tenantId, paymentId) };
}

/**
 * The one door through which deposits reach what they are for, on arrival or when somebody says what one was for. What
 * is missing of the payment's amount is matched, the rest is surplus; all of it is surplus where the link has been paid
 * otherwise, the payment is over or the order has been divided. The caller holds purpose and deposit.
 */
export async function allocateDeposit(
  core: Core,
  transaction: Transaction,
  allocation: { tenant: Tenant; deposit: Deposit; purpose: Purpose; at: Date },
): Promise<void> {
  const { deposit, purpose, at } = allocation;
  const { link } = purpose;
  const payment =
    link !== undefined && link.paymentId === null && purpose.payment === undefined
      ? await addPaymentOf(core, transaction, allocation.tenant, link, at)
      : purpose.payment;
  const takesMoney = payment !== undefined && (isActive(payment.status) || isFunded(payment.status));
  if (!takesMoney) {
    await moveDeposit(core, transaction, deposit, {
      from: 'unallocated',
      to: { surplus: deposit.unallocated },
      linkId: link?.id ?? null,
      paymentId: payment?.id ?? link?.paymentId ?? null,
      event: 'matched',
      at,
    });
    return;
  }
  const before = await lockOfPayment(transaction, payment.tenantId, payment.id);
  const matchedBefore = before.reduce((sum, one) => sum + one.matched, 0n);
  const moved = await moveDeposit(core, transaction, deposit, {
    from: 'unallocated',
    to: divide(deposit.unallocated, payment.amount - matchedBefore),
    linkId: link?.id ?? null,
    paymentId: payment.id,
    event: 'matched',
    at,
  });
  await fundPayment(
    core,
    transaction,
    { payment, link },
    { reference: purpose.reference, deposit: moved, before, at },
  );
}

/** The payment that the first deposit for a link begins. An order whose money has been divided takes none any more. */
async function addPaymentOf(
  core: Core,
  transaction: Transaction,
  tenant: Tenant,
  link: Link,
  at: Date,
): Promise<Payment | undefined> {
  const { tenantId, orderId: id } = link;
  const order = await holdOrder(transaction, tenantId, id);
  if (order === undefined || isDivided(order.status)) return undefined;
  return addDepositPayment(core, transaction, {
    tenantId,
    orderId: id,
    linkId: link.id,
    origin: link.origin,
    connector: tenant.settings.connectors[depositMethod] ?? depositMethod,
    amount: money(link.amount, link.currency),
    particulars: {
      given: { ...link.particulars.paymentGiven, ...link.particulars.depositGiven },
      description: link.particulars.supplier.name,
      items: paymentItemsOf(link),
    },
    callbackUrl: null,
    at,
  });
}
