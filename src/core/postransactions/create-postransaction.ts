import type { Transaction } from '#db/database.ts';
import type { Medium } from '#kit/channel.ts';
import { later } from '#kit/clock.ts';
import { CoreError, invalid } from '#kit/errors.ts';
import type { CustomerId, LinkId, OrderId } from '#kit/ids.ts';
import { minorToJson } from '#kit/money.ts';
import { normalisePhone } from '#kit/phone.ts';
import { canKeepCards } from '../cards/expect-card.ts';
import type { Answer, Call, Core } from '../core.ts';
import type { Customer } from '../customers/customer.ts';
import { ringHooks } from '../hooks/ring-hooks.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { queueInvitations } from '../links/distribute-link.ts';
import type { CardKeeping, Link } from '../links/link.ts';
import { writeLinks } from '../links/write-links.ts';
import { openOrders } from '../orders/open-orders.ts';
import { finalised, type PracticeObject } from '../practice/practice.ts';
import { readPhones } from '../practice/read-practice.ts';
import { businessNow } from '../tenants/tenant.ts';
import { readInvoiceStandings } from './read-postransactions.ts';
import { insertPostransaction } from './store.ts';

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

const minuteMs = 60_000;

/** Bytes of randomness in the payer's token. */
const tokenBytes = 24;

/**
 * Makes a payment link for an invoice or a prepayment of a practice system, and queues its messages, in one
 * transaction. `validation_failed` names what is wrong in the words of the wire: `department` that allows no links,
 * `invoice` that is not finalised, `amount` above what is due, `tokenize` where no
 * processor keeps cards. Where there is nowhere to send it, it is made all the same.
 */
export async function createPostransaction(
  core: Core,
  call: Call,
  input: NewPostransactionInput,
): Promise<Answer<{ id: string }>> {
  const answer = await runOnce(core, call, async (transaction) => {
    refuseUnkept(core, call, input);
    await refuseUnpayable(transaction, call, input);
    const recipients = await findRecipients(transaction, call, input);
    const { link, customer } = toRows(core, call, input, recipients);
    await openOrders(core, transaction, [{ call, id: link.orderId, currency: link.currency }]);
    await writeLinks(core, transaction, [{ link, customer }]);
    await sendLink(core, transaction, link, input.media, recipients);
    const id = await insertPostransaction(transaction, {
      tenantId: call.tenant.id,
      linkId: link.id,
      externalId: core.ids.uuid(),
      departmentId: input.department.id,
      creatorId: input.creatorId,
      clientId: input.client.id,
      invoiceId: input.purpose.kind === 'invoice' ? input.purpose.invoice.id : null,
      prepayment: input.purpose.kind === 'prepayment' ? input.purpose.description : null,
      unsendable: input.media.length > 0 && input.media.every((medium) => recipients[medium] === null),
      createdAt: link.createdAt,
    });
    if (input.purpose.kind === 'prepayment')
      await ringHooks(
        core,
        transaction,
        call.tenant.id,
        [{ trigger: 'unallocatedpayment', objectId: id, departmentId: input.department.id }],
        link.createdAt,
      );
    return { id: String(id) };
  });
  core.work.nudge('messages');
  core.work.nudge('callbacks');
  return answer;
}

async function sendLink(
  core: Core,
  transaction: Transaction,
  link: Link,
  media: readonly Medium[],
  known: Record<Medium, string | null>,
): Promise<void> {
  const recipients = media.flatMap((medium) => {
    const recipient = known[medium];
    return recipient === null ? [] : [{ medium, recipient }];
  });
  if (recipients.length > 0)
    await queueInvitations(core, transaction, link, { request: 'created', recipients });
}

function refuseUnkept(core: Core, { tenant }: Call, { keepsCard }: NewPostransactionInput): void {
  if (keepsCard !== undefined && !canKeepCards(core, tenant))
    throw invalid('payment_link_data.tokenize', 'out_of_range', 'No processor that keeps cards is set up.');
}

async function refuseUnpayable(
  transaction: Transaction,
  call: Call,
  { amount, department, purpose }: NewPostransactionInput,
): Promise<void> {
  if (!department.fields.allowsLinks)
    throw invalid('department', 'out_of_range', 'The department does not allow Provet Pay processing.');
  if (call.tenant.settings.connectors.card === undefined)
    throw new CoreError('operation_forbidden', 'No processor takes cards for this tenant.');
  if (purpose.kind === 'prepayment') return;
  const { invoice } = purpose;
  if (invoice.fields.status !== finalised)
    throw invalid('invoice', 'out_of_range', 'Payments can be made for finalized invoices only.');
  if (invoice.fields.currency !== department.fields.currency)
    throw invalid('department', 'out_of_range', 'The invoice is in another currency than the department.');
  const [standing] = await readInvoiceStandings({ database: transaction }, call.tenant, [invoice]);
  if (amount > (standing?.due ?? 0n))
    throw invalid('amount', 'out_of_range', 'The amount is more than what is due of the invoice.');
}

/** Where each medium goes: the address given, else the client's own; null where there is none. */
async function findRecipients(
  transaction: Transaction,
  call: Call,
  { client, email, phone }: NewPostransactionInput,
): Promise<Record<Medium, string | null>> {
  const [primary] = await readPhones({ database: transaction }, call.tenant.id, [client.id]);
  const own = phone ?? primary?.fields.number;
  return {
    email: email ?? client.fields.email,
    sms: own === undefined ? null : (normalisePhone(own, call.tenant.country) ?? null),
  };
}

function toRows(
  core: Core,
  call: Call,
  input: NewPostransactionInput,
  recipients: Record<Medium, string | null>,
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
