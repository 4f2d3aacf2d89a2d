/** From what the core keeps to what the practice system reads, key by key in the sample's order. Pure. */
import {
  type Delivery,
  deliveryOf,
  type LinkStanding,
  type Postransaction,
  standingOf,
} from '#core/postransactions/postransaction.ts';
import type { InvoiceStanding } from '#core/postransactions/read-postransactions.ts';
import type { PracticeKind, PracticeObject } from '#core/practice/practice.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { localInstant } from '#kit/calendar.ts';
import type { Currency } from '#kit/currency.ts';
import { formatDecimal, money } from '#kit/money.ts';
import type { Hyperlinks } from './hyperlinks.ts';

/** Seed 000, appendix. `Failed` is for a processor that has given up for good: ours lets the payer try again. */
const paymentStatuses = {
  pending: 1,
  expired: 3,
  aborted: 4,
  accepted: 5,
} as const satisfies Record<LinkStanding, number>;

const deliveryStatuses = {
  'not-sent': 1,
  sent: 2,
  failed: 3,
} as const satisfies Record<Delivery, number>;

/** Decision 39. */
const prepaymentStatuses = {
  pending: 'Pending',
  expired: 'Failed',
  aborted: 'Aborted',
  accepted: 'Ready',
} as const satisfies Record<LinkStanding, string>;

/** The only values the vendor publishes. */
export const paymentType = 5003;
export const transactionType = 4;
export const terminalId = 0;

export interface WriteMeans {
  readonly tenant: Pick<Tenant, 'zone'>;
  /** Where payers are: no trailing slash. */
  readonly publicUrl: string;
  readonly links: Hyperlinks;
  readonly paymentMethodId: bigint | undefined;
  readonly now: Date;
}

/** An amount as a JSON number: exact for every amount there can be. */
export function writeAmount(minor: bigint, currency: Currency): number {
  return Number(formatDecimal(money(minor, currency)));
}

export function writePostransaction(one: Postransaction, means: WriteMeans): Record<string, unknown> {
  const { links, tenant, paymentMethodId } = means;
  const instant = (at: Date | null) => (at === null ? null : localInstant(at, tenant.zone));
  const paid = standingOf(one, means.now) === 'accepted';
  const first = one.refundedId ?? one.id;
  return {
    id: Number(one.id),
    amount: writeAmount(one.amount, one.currency),
    task_id: '',
    created: instant(one.createdAt),
    modified: instant(one.modifiedAt),
    aborted: instant(one.abortedAt),
    cashier_desk: null,
    invoice: one.invoiceId === null ? null : links.to('invoice', one.invoiceId),
    terminal_id: terminalId,
    department: links.to('department', one.departmentId),
    transaction_type: transactionType,
    payment_type: paymentType,
    payment_method: paymentMethodId === undefined ? null : links.to('paymentmethod', paymentMethodId),
    payment: one.invoiceId !== null && paid ? links.to('invoicepayment', first) : null,
    unallocated_payment: one.invoiceId === null ? links.to('unallocatedpayment', first) : null,
    refunded_transaction: one.refundedId === null ? null : links.to('postransaction', one.refundedId),
    creator: one.creatorId === null ? null : links.to('user', one.creatorId),
    payment_link: one.refundedId === null ? writeLink(one, means) : null,
  };
}

function writeLink(one: Postransaction, { publicUrl, now }: WriteMeans): Record<string, unknown> {
  return {
    external_id: one.externalId,
    url: `${publicUrl}/pay/${one.link.token}`,
    expiration_time: one.link.expiresAt.toISOString().replace('.000Z', 'Z'),
    payment_status: paymentStatuses[standingOf(one, now)],
    delivery_status: deliveryStatuses[deliveryOf(one)],
  };
}

/** A prepayment: it is there as soon as its link is, and can be used once that is paid. */
export function writeUnallocated(one: Postransaction, means: WriteMeans): Record<string, unknown> {
  const { links, tenant, now } = means;
  const standing = standingOf(one, now);
  const left = standing === 'accepted' ? one.amount - one.refunded : 0n;
  const isUsed = standing === 'accepted' && left === 0n;
  return {
    id: Number(one.id),
    url: links.to('unallocatedpayment', one.id),
    client: links.to('client', one.clientId),
    department: links.to('department', one.departmentId),
    amount: writeAmount(one.amount, one.currency),
    amount_left: writeAmount(left, one.currency),
    status: isUsed ? 'Fully used' : prepaymentStatuses[standing],
    payment_type: paymentType,
    description: one.prepayment ?? '',
    created: localInstant(one.createdAt, tenant.zone),
    modified: localInstant(one.modifiedAt, tenant.zone),
    postransaction: links.to('postransaction', one.id),
  };
}

/** What a paid link brought to its invoice. */
export function writeInvoicePayment(one: Postransaction, means: WriteMeans): Record<string, unknown> {
  const { links, tenant, paymentMethodId } = means;
  return {
    id: Number(one.id),
    url: links.to('invoicepayment', one.id),
    invoice: links.to('invoice', one.invoiceId ?? 0n),
    amount: writeAmount(one.amount, one.currency),
    refunded: writeAmount(one.refunded, one.currency),
    payment_type: 0,
    payment_method: paymentMethodId === undefined ? null : links.to('paymentmethod', paymentMethodId),
    postransaction: links.to('postransaction', one.id),
    created: localInstant(one.modifiedAt, tenant.zone),
    modified: localInstant(one.modifiedAt, tenant.zone),
  };
}

export function writeInvoice(
  { id, fields, createdAt, modifiedAt }: PracticeObject<'invoice'>,
  { due, postransactionIds }: InvoiceStanding,
  { links, tenant }: WriteMeans,
): Record<string, unknown> {
  const total = BigInt(fields.totalMinor);
  return {
    id: Number(id),
    url: links.to('invoice', id),
    invoice_number: fields.number,
    status: fields.status,
    client: links.to('client', BigInt(fields.clientId)),
    department: links.to('department', BigInt(fields.departmentId)),
    total_with_vat: writeAmount(total, fields.currency),
    due_sum: writeAmount(due, fields.currency),
    client_due_sum: writeAmount(due, fields.currency),
    invoice_payed: due === 0n,
    postransactions: postransactionIds.map((one) => links.to('postransaction', one)),
    created: localInstant(createdAt, tenant.zone),
    modified: localInstant(modifiedAt, tenant.zone),
  };
}

/** What is kept elsewhere of clients. */
export interface ClientRelations {
  readonly phones: readonly PracticeObject<'phonenumber'>[];
  /** Under which `ClientId` of the Provet Payment API the cards of each are kept. */
  readonly payers: ReadonlyMap<bigint, string>;
}

export function writeClient(
  client: PracticeObject<'client'>,
  { phones, payers }: ClientRelations,
  means: WriteMeans,
): Record<string, unknown> {
  const { links } = means;
  const own = phones.filter(({ fields }) => fields.clientId === String(client.id));
  const home = client.fields.homeDepartmentId;
  return {
    ...writeCommon(client, means),
    firstname: client.fields.firstName,
    lastname: client.fields.lastName,
    email: client.fields.email,
    home_department: home === null ? null : links.to('department', BigInt(home)),
    phone_numbers: own.map(({ id }) => links.to('phonenumber', id)),
    payment_client: payers.get(client.id) ?? null,
    ...writeDates(client, means),
  };
}

type Plain = Exclude<PracticeKind, 'invoice' | 'client'>;

/** Objects that need nothing but themselves. */
export const plainWriters = {
  department: (one, means) => ({
    ...writeCommon(one, means),
    name: one.fields.name,
    allow_nhp_processing: one.fields.allowsLinks,
    currency: one.fields.currency,
  }),
  user: (one, means) => ({
    ...writeCommon(one, means),
    username: one.fields.username,
    first_name: one.fields.firstName,
    last_name: one.fields.lastName,
  }),
  paymentmethod: (one, means) => ({ ...writeCommon(one, means), name: one.fields.name }),
  phonenumber: (one, means) => ({
    ...writeCommon(one, means),
    client: means.links.to('client', BigInt(one.fields.clientId)),
    phone_number: one.fields.number,
    description: one.fields.description,
    preferred_reminders: one.fields.preferred,
    ...writeDates(one, means),
  }),
} satisfies { [Kind in Plain]: (one: PracticeObject<Kind>, means: WriteMeans) => Record<string, unknown> };

function writeCommon({ id, kind }: Pick<PracticeObject, 'id' | 'kind'>, { links }: WriteMeans) {
  return { id: Number(id), url: links.to(kind, id) };
}

function writeDates(
  { createdAt, modifiedAt }: Pick<PracticeObject, 'createdAt' | 'modifiedAt'>,
  { tenant }: WriteMeans,
) {
  return { created: localInstant(createdAt, tenant.zone), modified: localInstant(modifiedAt, tenant.zone) };
}
