import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import { CoreError, invalid, notFound } from '#kit/errors.ts';
import type {
  CardId,
  ClaimId,
  CustomerId,
  OperationId,
  OrderId,
  PaymentId,
  SubscriptionId,
} from '#kit/ids.ts';
import type { Money } from '#kit/money.ts';
import type { Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Link } from '../links/link.ts';
import { knownMerchants, type NamedMerchant, unknownMerchant } from '../merchants/read-merchants.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import { holdOrders } from '../orders/hold-orders.ts';
import { openOrders } from '../orders/open-orders.ts';
import type { Order } from '../orders/order.ts';
import { businessNow } from '../tenants/tenant.ts';
import { describePayment } from './move-payment.ts';
import { type Payment, type PaymentParticulars, usualAuthorisationMs } from './payment.ts';
import { insertPayments } from './store.ts';

export interface NewPayment {
  readonly call: Call;
  readonly id: PaymentId;
  readonly operationId: OperationId;
  readonly orderId: OrderId;
  /** The order is made with it, for it alone. */
  readonly opensOrder?: true;
  readonly link?: Link;
  /** What is paid, where that is a claim; the caller holds it. */
  readonly claimId?: ClaimId;
  readonly customerId?: CustomerId;
  readonly subscriptionId?: SubscriptionId;
  /** The card that is charged or is to be kept. */
  readonly card?: CardUse;
  /** Set where the card is only to be found good: nothing is taken. */
  readonly validates?: true;
  readonly method: string;
  readonly amount: Money;
  readonly parameters: Readonly<Record<string, string>>;
  readonly particulars: PaymentParticulars;
  readonly callbackUrl: string | null;
  /** `later` only holds the money, until `capturePayment` or `releasePayment`. `now` unless given. */
  readonly capture?: 'now' | 'later';
  /** How long money is held, in the tenant's time; null is for ever. Seven days unless given. */
  readonly authorisationMs?: number | null;
  /** How long the payer has, where it is not as long as usual. */
  readonly attemptMs?: number;
}

/** A card's part in a payment: charged without its holder, or entered on the processor's page and kept. */
export interface CardUse {
  readonly id: CardId;
  readonly connector: string;
  readonly byPage: boolean;
}

/**
 * Writes payments with the intent to charge each, in the caller's transaction. Answers an error in the place of each
 * one that may not be: unknown order (`not_found`), closed order (`payment_order_closed`), another currency than the
 * order's or one the processor does not take (`validation_failed`), a method the tenant has no connector for or one
 * that cannot hold money, a merchant that is not the tenant's (`operation_forbidden`). The others are made.
 */
export async function initiatePayments(
  core: Core,
  transaction: Transaction,
  wanted: readonly NewPayment[],
): Promise<(Payment | CoreError)[]> {
  if (wanted.length === 0) return [];
  const [orders, isKnown] = await Promise.all([
    holdOrders(
      transaction,
      wanted.flatMap(({ call, orderId, opensOrder }) =>
        opensOrder === true ? [] : [{ tenantId: call.tenant.id, id: orderId }],
      ),
    ),
    knownMerchants(transaction, wanted.flatMap(merchantsOf)),
  ]);
  const results = wanted.map((one) => {
    const order = one.opensOrder === true ? orderOf(one) : orders.get(`${one.call.tenant.id}:${one.orderId}`);
    const refusal = refuse(core, one, order);
    return refusal ?? refuseMerchants(one, isKnown) ?? toPayment(core, one);
  });
  const accepted = wanted.flatMap((one, index) => {
    const payment = results[index];
    return payment === undefined || payment instanceof CoreError ? [] : [{ one, payment }];
  });
  if (accepted.length > 0) await write(core, transaction, accepted);
  return results;
}

/** The order that will be made for a payment. */
function orderOf({ amount }: NewPayment): Pick<Order, 'status' | 'currency'> {
  return { status: 'open', currency: amount.currency };
}

function refuse(
  core: Core,
  wanted: NewPayment,
  order: Pick<Order, 'status' | 'currency'> | undefined,
): CoreError | undefined {
  if (order === undefined) return notFound('payment order');
  if (order.status !== 'open') return new CoreError('payment_order_closed', 'The payment order is closed.');
  if (order.currency !== wanted.amount.currency) {
    return invalid('currency', 'invalid_enum', `The payment order is in ${order.currency}.`);
  }
  const connector = connectorFor(wanted);
  if (connector === undefined) {
    return new CoreError('operation_forbidden', `The payment method ${wanted.method} is not active.`);
  }
  if (core.processors.can(connector, 'deposit')) {
    return new CoreError('operation_forbidden', `A ${wanted.method} is made by the payer, at their bank.`);
  }
  if (wanted.capture === 'later' && !core.processors.can(connector, 'auth')) {
    return new CoreError('operation_forbidden', `The payment method ${wanted.method} cannot hold money.`);
  }
  if (!core.processors.takes(connector, wanted.amount.currency)) {
    return invalid('currency', 'invalid_enum', `${wanted.method} is not paid in ${wanted.amount.currency}.`);
  }
  return undefined;
}

function merchantsOf({ call, particulars }: NewPayment): NamedMerchant[] {
  return (particulars.items ?? []).flatMap(({ merchantId: id }) =>
    id === null ? [] : [{ tenantId: call.tenant.id, id }],
  );
}

function refuseMerchants(
  wanted: NewPayment,
  isKnown: (one: NamedMerchant) => boolean,
): CoreError | undefined {
  if (merchantsOf(wanted).every(isKnown)) return undefined;
  return unknownMerchant();
}

function connectorFor(wanted: NewPayment): string | undefined {
  return wanted.card?.connector ?? wanted.call.tenant.settings.connectors[wanted.method];
}

function toPayment(core: Core, wanted: NewPayment): Payment {
  return {
    id: wanted.id,
    tenantId: wanted.call.tenant.id,
    orderId: wanted.orderId,
    linkId: wanted.link?.id ?? null,
    claimId: wanted.claimId ?? null,
    customerId: wanted.customerId ?? null,
    subscriptionId: wanted.subscriptionId ?? null,
    origin: wanted.call.origin,
    connector: connectorFor(wanted) ?? '',
    method: wanted.method,
    status: 'initiated',
    currency: wanted.amount.currency,
    amount: wanted.amount.minor,
    captured: 0n,
    capturing: 0n,
    refunding: 0n,
    refunded: 0n,
    particulars: wanted.particulars,
    callbackUrl: wanted.callbackUrl,
    superseded: false,
    authorisationMs: authorisationMsOf(wanted),
    lapsesAt: null,
    version: 1,
    createdAt: businessNow(core.clock, wanted.call.tenant),
  };
}

function authorisationMsOf({ capture, authorisationMs }: NewPayment): number | null {
  if (capture !== 'later') return null;
  return authorisationMs === undefined ? usualAuthorisationMs : authorisationMs;
}

function kindOf({ capture, validates }: NewPayment): 'auth' | 'purchase' | 'validate' {
  if (validates === true) return 'validate';
  return capture === 'later' ? 'auth' : 'purchase';
}

async function write(
  core: Core,
  transaction: Transaction,
  accepted: readonly { one: NewPayment; payment: Payment }[],
): Promise<void> {
  const wallNow = core.clock.now();
  const payments = accepted.map(({ payment }) => payment);
  await openOrders(
    core,
    transaction,
    accepted.flatMap(({ one: { call, orderId: id, opensOrder, amount } }) =>
      opensOrder === true ? [{ call, id, currency: amount.currency }] : [],
    ),
  );
  await insertPayments(transaction, payments);
  await intendOperations(
    core,
    transaction,
    accepted.map(({ one, payment }) => ({
      id: one.operationId,
      tenantId: payment.tenantId,
      paymentId: payment.id,
      kind: kindOf(one),
      connector: payment.connector,
      reference: core.ids.reference(),
      originalReference: null,
      cardId: one.card?.id ?? null,
      byPage: one.card?.byPage ?? core.processors.usesPage(payment.connector),
      currency: payment.currency,
      amount: payment.amount,
      reason: 'charge',
      parameters: one.parameters,
      sentAt: wallNow,
      attemptEndsAt: attemptEnd(core, one, payment),
      nextInquiryAt: later(wallNow, core.limits.leaseMs),
    })),
    wallNow,
  );
  await recordEvents(
    core,
    transaction,
    payments.map((payment) => ({
      tenantId: payment.tenantId,
      type: 'payment.initiated',
      subject: { kind: 'payment' as const, id: payment.id, version: 1 },
      data: describePayment(payment, 'created'),
      at: payment.createdAt,
    })),
  );
}

/** Nobody is waited for where a kept card is charged without its holder. */
function attemptEnd(core: Core, wanted: NewPayment, payment: Payment): Date | null {
  if (wanted.card?.byPage === false) return null;
  return later(payment.createdAt, wanted.attemptMs ?? core.limits.attemptMs);
}
