import { canKeepCards } from '../cards/expect-card.ts';
import type { Core } from '../core.ts';
import type { Document } from '../documents/document.ts';
import { readReceipt } from '../documents/read-receipt.ts';
import { peekFunded } from '../payments/hold-payment.ts';
import { type PaymentRecord, readLatestOfLink, readPayment } from '../payments/read-payment.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import { type CardKeeping, isPayable, type Link } from './link.ts';
import { type Invoice, readInvoice } from './read-invoice.ts';
import { findLinkByToken } from './read-link.ts';

/** Where a payer stands with a link. */
export interface Checkout {
  readonly link: Link;
  readonly tenant: Tenant;
  /** Those of the link's methods that the tenant has a processor for, which takes the link's currency. */
  readonly methods: readonly string[];
  /** Where one has been made of the link. */
  readonly invoice: Invoice | undefined;
  /** Set where a card it is paid by is to be kept, and can be. */
  readonly keepsCard?: CardKeeping;
  readonly stage:
    | { readonly kind: 'open' }
    /** The last attempt ended without money; another may be made. */
    | { readonly kind: 'failed'; readonly attempt: PaymentRecord }
    /** `canCancel`: its processor can be asked to end it. */
    | { readonly kind: 'pending'; readonly attempt: PaymentRecord; readonly canCancel: boolean }
    /** Deposits have come that do not pay it: not enough, or more than the tenant has said yes to. */
    | { readonly kind: 'funded'; readonly attempt: PaymentRecord }
    | { readonly kind: 'paid'; readonly attempt: PaymentRecord; readonly receipt: Document }
    | { readonly kind: 'expired' }
    | { readonly kind: 'cancelled' };
}

/** What the payer's token leads to; undefined for a token that is nobody's. Reads only: a visit changes nothing. */
export async function readCheckout(core: Core, token: string): Promise<Checkout | undefined> {
  const link = await findLinkByToken(core, token);
  if (link === undefined) return undefined;
  // Where nothing has been paid and nothing is under way, the last attempt tells what the payer is shown.
  const isTaken = link.paymentId !== null || link.activePaymentId !== null;
  const [tenant, last] = await Promise.all([
    readTenant(core, link.tenantId),
    isTaken ? undefined : readLatestOfLink(core, link.tenantId, link.id),
  ]);
  const [invoice, stage] = await Promise.all([
    link.invoiceCreated ? readInvoice(core, tenant, link) : undefined,
    readStage(core, tenant, link, last),
  ]);
  const { keepsCard } = link.particulars;
  return {
    link,
    tenant,
    methods: payableBy(core, tenant, link),
    invoice,
    ...(keepsCard !== undefined && canKeepCards(core, tenant) ? { keepsCard } : {}),
    stage,
  };
}

function payableBy(core: Core, tenant: Tenant, link: Link): string[] {
  return link.methods
    .map(({ method }) => method)
    .filter((method) => {
      const connector = tenant.settings.connectors[method];
      return connector !== undefined && core.processors.takes(connector, link.currency);
    });
}

async function readStage(
  core: Core,
  tenant: Tenant,
  link: Link,
  last: PaymentRecord | undefined,
): Promise<Checkout['stage']> {
  if (link.paymentId !== null) {
    const [attempt, receipt] = await Promise.all([
      readPayment(core, tenant, link.paymentId),
      readReceipt(core, tenant.id, link.paymentId),
    ]);
    return { kind: 'paid', attempt, receipt };
  }
  if (link.activePaymentId !== null) {
    const attempt = await readPayment(core, tenant, link.activePaymentId);
    return { kind: 'pending', attempt, canCancel: core.processors.canCancel(attempt.payment.connector) };
  }
  const funded = link.invoiceCreated ? await peekFunded(core.database, tenant.id, link.id) : undefined;
  if (funded !== undefined) return { kind: 'funded', attempt: await readPayment(core, tenant, funded.id) };
  if (link.status === 'cancelled') return { kind: 'cancelled' };
  if (!isPayable(link, businessNow(core.clock, tenant))) return { kind: 'expired' };
  return last === undefined ? { kind: 'open' } : { kind: 'failed', attempt: last };
}
