import type { Medium } from '#kit/channel.ts';
import { later } from '#kit/clock.ts';
import type { CustomerId, LinkId, OrderId } from '#kit/ids.ts';
import { minorToJson } from '#kit/money.ts';
import type { Call, Core } from '../core.ts';
import type { Customer } from '../customers/customer.ts';
import { distributionBy, type Invitation } from '../links/distribute-link.ts';
import type { CardKeeping, Link } from '../links/link.ts';
import type { PracticeObject } from '../practice/practice.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { Postransaction } from './postransaction.ts';

export interface NewPostransactionInput {
  /** Minor units, of the department's currency. */
  readonly amount: bigint;
  readonly department: PracticeObject<'department'>;
  readonly creatorId: bigint | null;
  readonly purpose:
    | { readonly kind: 'invoice'; readonly invoice: PracticeObject<'invoice'> }
    | { readonly kind: 'prepayment'; readonly description: string };
  readonly client: PracticeObject<'client'>;
  readonly durationMinutes: number;
  /** What the payer reads on the page. */
  readonly description: string;
  readonly language: string;
  readonly returnUrl: string | null;
  /** Absent where no card is kept. */
  readonly keepsCard?: CardKeeping;
  /** How it is to be sent, and where instead of to the client's own primary address. */
  readonly media: readonly Medium[];
  readonly email: string | null;
  readonly phone: string | null;
}

/** Where each medium goes; null where it goes nowhere. */
export type Recipients = Readonly<Record<Medium, string | null>>;

/** A post-transaction with the rows behind it, none of them written yet. */
export interface Prepared {
  readonly link: Link;
  readonly customer: Customer;
  readonly postransaction: Postransaction;
  readonly recipients: Invitation['recipients'];
}

const minuteMs = 60_000;

/** Bytes of randomness in the payer's token. */
const tokenBytes = 24;

/** The rows of a post-transaction of this number that is checked and not yet written. */
export function preparePostransaction(
  core: Pick<Core, 'ids' | 'clock'>,
  call: Call,
  {
    id,
    input,
    known,
  }: { readonly id: bigint; readonly input: NewPostransactionInput; readonly known: Recipients },
): Prepared {
  const { link, customer } = toRows(core, call, input, known);
  const recipients = input.media.flatMap((medium) => {
    const recipient = known[medium];
    return recipient === null ? [] : [{ medium, recipient }];
  });
  const { smsStatus, byEmail } = distributionBy(recipients);
  const { tenantId, createdAt, amount, currency } = link;
  const postransaction: Postransaction = {
    id,
    tenantId,
    linkId: link.id,
    externalId: core.ids.uuid(),
    departmentId: input.department.id,
    creatorId: input.creatorId,
    clientId: input.client.id,
    invoiceId: input.purpose.kind === 'invoice' ? input.purpose.invoice.id : null,
    prepayment: input.purpose.kind === 'prepayment' ? input.purpose.description : null,
    unsendable: input.media.length > 0 && recipients.length === 0,
    refundedId: null,
    abortedAt: null,
    createdAt,
    modifiedAt: createdAt,
    amount,
    currency,
    link: { ...link, smsStatus: smsStatus ?? link.smsStatus, distributedByEmail: byEmail },
    paymentId: null,
    refunded: 0n,
  };
  return { link, customer, postransaction, recipients };
}

function toRows(
  core: Pick<Core, 'ids' | 'clock'>,
  call: Call,
  input: NewPostransactionInput,
  recipients: Recipients,
): { link: Link; customer: Customer } {
  const { tenant } = call;
  const createdAt = businessNow(core.clock, tenant);
  const { client, department } = input;
  const customer: Customer = {
    id: core.ids.uuid() as CustomerId,
    tenantId: tenant.id,
    firstName: client.fields.firstName,
    lastName: client.fields.lastName,
    email: recipients.email,
    phone: recipients.sms,
    reference: client.externalId,
    createdAt,
  };
  const item = {
    description: input.description,
    quantity: 1,
    unitMinor: minorToJson(input.amount),
    vatBasisPoints: 0,
    unit: '',
    merchantId: null,
    given: {},
  };
  const link: Link = {
    id: core.ids.uuid() as LinkId,
    tenantId: tenant.id,
    token: core.ids.token(tokenBytes),
    orderId: core.ids.uuid() as OrderId,
    customerId: customer.id,
    origin: call.origin,
    status: 'created',
    currency: department.fields.currency,
    amount: input.amount,
    items: [item],
    methods: [{ method: 'card', parameters: {}, given: {} }],
    particulars: {
      language: input.language,
      supplier: { name: department.fields.name },
      forPractice: true,
      ...(input.keepsCard === undefined ? {} : { keepsCard: input.keepsCard }),
      ...(input.returnUrl === null ? {} : { successUrl: input.returnUrl, returnsWhenPaid: true }),
      given: {},
    },
    dueDate: null,
    ocr: null,
    expiresAt: wholeSecond(later(createdAt, input.durationMinutes * minuteMs)),
    callbackUrl: null,
    smsStatus: 'not_created',
    distributedByEmail: false,
    invoiceCreated: false,
    activePaymentId: null,
    paymentId: null,
    version: 1,
    createdAt,
  };
  return { link, customer };
}

/** The wire tells whole seconds: the one that is not too early. */
function wholeSecond(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / 1_000) * 1_000);
}
