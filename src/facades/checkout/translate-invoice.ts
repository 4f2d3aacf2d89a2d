/** From a link's invoice to the paper. Pure. */
import type { Checkout } from '#core/links/read-checkout.ts';
import type { Invoice } from '#core/links/read-invoice.ts';
import { localDate } from '#kit/calendar.ts';
import type { Language } from '#kit/language.ts';
import type { InvoiceView } from '#web/checkout/view.ts';
import { toBill, toLinkView, toTransfer } from './translate.ts';

/** The paper itself. */
export function toInvoiceView(
  checkout: Checkout,
  invoice: Invoice,
  payUrl: string,
  chosen?: Language,
): InvoiceView {
  const { link, tenant } = checkout;
  const { customer } = invoice;
  const { invoiceAddress } = link.particulars;
  const name = [customer?.firstName, customer?.lastName].filter(Boolean).join(' ');
  const address =
    invoiceAddress === undefined
      ? []
      : [invoiceAddress.street, `${invoiceAddress.postalCode} ${invoiceAddress.city}`];
  return {
    ...toLinkView(checkout, chosen),
    ...toBill(link),
    bank: toTransfer(checkout, invoice, chosen),
    issuedOn: localDate(invoice.reference.createdAt, tenant.zone),
    customer: [name, ...address].filter((line) => line !== ''),
    payUrl,
  };
}
