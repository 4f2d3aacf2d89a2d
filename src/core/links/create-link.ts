import type { Transaction } from '#db/database.ts';
import { groupCommit } from '#db/group-commit.ts';
import { endOfDay } from '#kit/calendar.ts';
import { later } from '#kit/clock.ts';
import type { Currency } from '#kit/currency.ts';
import { CoreError, invalid } from '#kit/errors.ts';
import type { CustomerId, LinkId, OrderId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import type { Customer } from '../customers/customer.ts';
import { type Asked, type Outcomes, runTogether } from '../idempotency/run-together.ts';
import { knownMerchants, type NamedMerchant, unknownMerchant } from '../merchants/read-merchants.ts';
import { holdOrders } from '../orders/hold-orders.ts';
import type { Order } from '../orders/order.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { Link, LinkItem, LinkMethod, LinkParticulars } from './link.ts';
import { writeLinks } from './write-links.ts';

export interface CreateLinkInput {
  readonly orderId: OrderId;
  /** Absent takes the order's. */
  readonly currency?: Currency;
  readonly amount: bigint;
  readonly items: readonly LinkItem[];
  readonly methods: readonly LinkMethod[];
  readonly customer: Pick<Customer, 'firstName' | 'lastName' | 'email' | 'phone' | 'reference'>;
  readonly particulars: LinkParticulars;
  readonly dueDate: string | null;
  readonly callbackUrl: string | null;
}

export interface CreatedLink {
  readonly id: LinkId;
  readonly token: string;
}

export type CreateLink = (call: Call, input: CreateLinkInput) => Promise<Answer<CreatedLink>>;

/** Bytes of randomness in the payer's token. */
const tokenBytes = 24;

/**
 * Makes payment links. Requests that arrive together are written by one set of statements and one commit; one that is
 * refused does not hold up the others. Refusals: the sum of the items is not the amount (`total_mismatch`), no method
 * that is active (`operation_forbidden`), an unknown order or merchant (`operation_forbidden`), another currency than
 * the order's (`validation_failed`).
 */
export function linkCreation(core: Core): CreateLink {
  const create = groupCommit({ run: (batch: readonly Request[]) => createBatch(core, batch) });
  return async (call, input) => {
    refuseUnsound(call, input);
    return create({
      call,
      input,
      foreseen: { id: core.ids.uuid() as LinkId, token: core.ids.token(tokenBytes) },
    });
  };
}

interface Request extends Asked<CreatedLink> {
  readonly input: CreateLinkInput;
}

function refuseUnsound(call: Call, input: CreateLinkInput): void {
  const sum = input.items.reduce((total, item) => total + BigInt(item.unitMinor) * BigInt(item.quantity), 0n);
  if (sum !== input.amount) {
    throw new CoreError(
      'total_mismatch',
      `The items come to ${sum}, not to the total amount of ${input.amount}.`,
    );
  }
  if (input.amount <= 0n) throw new CoreError('operation_forbidden', 'There is nothing to pay.');
  if (input.methods.length === 0)
    throw new CoreError('operation_forbidden', 'At least one payment method is needed.');
  const { connectors } = call.tenant.settings;
  if (!input.methods.some(({ method }) => connectors[method] !== undefined)) {
    throw new CoreError('operation_forbidden', 'None of the payment methods is active for this tenant.');
  }
}

async function createBatch(core: Core, batch: readonly Request[]): Promise<(Answer<CreatedLink> | Error)[]> {
  return core.database.transaction((transaction) =>
    runTogether(core, transaction, batch, (fresh) => insertFresh(core, transaction, fresh)),
  );
}

async function insertFresh(
  core: Core,
  transaction: Transaction,
  fresh: readonly Request[],
): Promise<Outcomes<Request, Answer<CreatedLink>>> {
  const outcomes = new Map<Request, Answer<CreatedLink> | CoreError>();
  const [orders, isKnown] = await Promise.all([
    holdOrders(
      transaction,
      fresh.map(({ call, input }) => ({ tenantId: call.tenant.id, id: input.orderId })),
    ),
    knownMerchants(transaction, fresh.flatMap(merchantsOf)),
  ]);
  const accepted: { link: Link; customer: Customer }[] = [];
  for (const request of fresh) {
    const order = orders.get(`${request.call.tenant.id}:${request.input.orderId}`);
    const refusal = refuse(request, order) ?? refuseMerchants(request, isKnown);
    outcomes.set(request, refusal ?? { result: request.foreseen, replayed: false });
    if (refusal === undefined && order !== undefined) accepted.push(toRows(core, request, order));
  }
  if (accepted.length > 0) await writeLinks(core, transaction, accepted);
  return outcomes;
}

function refuse({ input }: Request, order: Order | undefined): CoreError | undefined {
  if (order === undefined) return new CoreError('operation_forbidden', 'There is no such payment order.');
  if (order.status !== 'open') return new CoreError('payment_order_closed', 'The payment order is closed.');
  if (input.currency !== undefined && input.currency !== order.currency) {
    return invalid('currency', 'invalid_enum', `The payment order is in ${order.currency}.`);
  }
  return undefined;
}

function merchantsOf({ call, input }: Request): NamedMerchant[] {
  return input.items.flatMap(({ merchantId: id }) => (id === null ? [] : { tenantId: call.tenant.id, id }));
}

function refuseMerchants(request: Request, isKnown: (one: NamedMerchant) => boolean): CoreError | undefined {
  if (merchantsOf(request).every(isKnown)) return undefined;
  return unknownMerchant();
}

function toRows(
  core: Core,
  { call, input, foreseen }: Request,
  order: Order,
): { link: Link; customer: Customer } {
  const now = businessNow(core.clock, call.tenant);
  const customer: Customer = {
    ...input.customer,
    id: core.ids.uuid() as CustomerId,
    tenantId: call.tenant.id,
    createdAt: now,
  };
  const link: Link = {
    ...foreseen,
    tenantId: call.tenant.id,
    orderId: order.id,
    customerId: customer.id,
    origin: call.origin,
    status: 'created',
    currency: order.currency,
    amount: input.amount,
    items: input.items,
    methods: input.methods,
    particulars: input.particulars,
    dueDate: input.dueDate,
    expiresAt: expiryOf(core, call, input.dueDate, now),
    callbackUrl: input.callbackUrl,
    smsStatus: 'not_created',
    distributedByEmail: false,
    invoiceCreated: false,
    ocr: null,
    activePaymentId: null,
    paymentId: null,
    version: 1,
    createdAt: now,
  };
  return { link, customer };
}

/** The end of the due date in the tenant's zone; a bill that is overdue already can still be paid for a while. */
function expiryOf(core: Core, call: Call, dueDate: string | null, now: Date): Date {
  const end = dueDate === null ? undefined : endOfDay(dueDate, call.tenant.zone);
  return end !== undefined && end > now ? end : later(now, core.limits.linkMs);
}
