import type { Customer } from '#core/customers/customer.ts';
import { payerUrl } from '#core/links/compose-invitation.ts';
import type { Link } from '#core/links/link.ts';
import { minorToJson } from '#kit/money.ts';
import { linkStatuses, smsStatuses } from './wire.ts';

/** A link in the union of the seed's shape and the SDK's (facts A4, decision E-2). */
export function writeLink(
  publicUrl: string,
  link: Link,
  customer: Customer | undefined,
): Record<string, unknown> {
  const { given } = link.particulars;
  return {
    checkout_url: payerUrl({ publicUrl }, link),
    checkout_cancel_url: link.particulars.cancelUrl ?? null,
    checkout_success_url: link.particulars.successUrl ?? null,
    currency: link.currency,
    customer: writeCustomer(customer, given.customer),
    delivery_address: given.delivery_address ?? null,
    distributed_by_email: link.distributedByEmail,
    due_date: link.dueDate,
    invoice_address: given.invoice_address ?? null,
    invoice_created: link.invoiceCreated,
    items: link.items.map((item) => item.given),
    language: given.language,
    locale: given.locale,
    logo_image_link: link.particulars.logoUrl ?? null,
    merchant_id: given.merchant_id ?? link.items[0]?.merchantId ?? null,
    merchant_name: link.particulars.supplier.name,
    metadata: given.metadata ?? {},
    ocr: link.ocr,
    payment_id: link.paymentId ?? link.activePaymentId,
    payment_link_id: link.id,
    payment_link_status_callback_url: link.callbackUrl,
    payment_order_id: link.orderId,
    payment_provider_methods: link.methods.map((method) => method.given),
    sms_status: smsStatuses[link.smsStatus],
    status: linkStatuses[link.status],
    supplier: given.supplier,
    tenant_id: link.tenantId,
    total_amount: minorToJson(link.amount),
  };
}

/** The phone as the tenant wrote it; ours is normalised. An erased person is an empty object. */
function writeCustomer(customer: Customer | undefined, given: unknown): Record<string, unknown> {
  if (customer === undefined) return {};
  const { phone } = (given ?? {}) as { phone?: string };
  const entries = {
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    phone: customer.phone === null ? null : (phone ?? customer.phone),
    reference: customer.reference,
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));
}
