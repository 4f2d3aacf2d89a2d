import type { Transaction } from '#db/database.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type LinkId, type OperationId, type PaymentId } from '#kit/ids.ts';
import type { Language } from '#kit/language.ts';
import type { Answer, Call, Core } from '../core.ts';
import { readCustomers } from '../customers/read-customers.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireAnswered } from '../operations/require-answered.ts';
import { holdPayment } from '../payments/hold-payment.ts';
import { type CardUse, initiatePayments } from '../payments/initiate-payments.ts';
import { expectPayerCard } from '../postransactions/expect-payer-card.ts';
import { requireOwed } from '../postransactions/require-owed.ts';
import { businessNow } from '../tenants/tenant.ts';
import { isPayable, type Link, type LinkMethod, paymentItemsOf } from './link.ts';
import { refuseFunded } from './refuse-funded.ts';
import { lockLink, updateActivePayment } from './store.ts';

export interface StartedPayment {
  readonly paymentId: PaymentId;
  /** Present when this call made the payment, absent when it found one under way. */
  readonly operationId?: OperationId;
}

/**
 * Starts to pay a link by one of its methods, and waits for the processor's first answer. While an attempt is under
 * way the same method answers that attempt, so that a double click, Back or a second tab cannot charge twice; another
 * method is `operation_forbidden` until it has ended. Forbidden, too, once the link is paid, cancelled or expired.
 */
export async function payLink(
  core: Core,
  call: Call,
  input: {
    linkId: string;
    method: string;
    given?: Readonly<Record<string, unknown>>;
    /** What the payer gave for this attempt alone, such as a phone number. */
    parameters?: Readonly<Record<string, string>>;
    /** What the payer agreed to have the card kept for, in the words that were read; absent keeps none. */
    consent?: string;
    /** The language the payer has chosen, to come back to. */
    language?: Language;
  },
): Promise<Answer<{ paymentId: PaymentId }>> {
  const made = { id: core.ids.uuid() as PaymentId, operationId: core.ids.uuid() as OperationId };
  const answer = await runOnce(core, call, async (transaction): Promise<StartedPayment> => {
    const link = isUuid(input.linkId)
      ? await lockLink(transaction, call.tenant.id, input.linkId as LinkId)
      : undefined;
    if (link === undefined) throw notFound('payment link');
    const underWay = await findUnderWay(core, transaction, call, link, input.method);
    if (underWay !== undefined) return { paymentId: underWay };
    const method = methodOf(link, input.method);
    // Locks the practice's client, as the next line does its invoice: in the order in which an import writes them.
    const { consent } = input;
    const card = await expectPayerCard(core, transaction, call, { link, method: method.method, consent });
    await requireOwed(transaction, link);
    await start(core, transaction, call, {
      link,
      method,
      given: input.given ?? {},
      parameters: input.parameters ?? {},
      language: input.language,
      card,
      made,
    });
    return { paymentId: made.id, operationId: made.operationId };
  });
  const { paymentId, operationId } = answer.result;
  if (operationId !== undefined) {
    if (answer.replayed) await requireAnswered(core, call.tenant.id, operationId);
    else await core.processors.perform(call.tenant.id, operationId);
  }
  return { result: { paymentId }, replayed: answer.replayed };
}

/** The attempt that already has the link, if it is by the same method; anything else in the way is refused. */
async function findUnderWay(
  core: Core,
  transaction: Transaction,
  call: Call,
  link: Link,
  method: string,
): Promise<PaymentId | undefined> {
  if (link.activePaymentId !== null) {
    const active = await holdPayment(transaction, link.tenantId, link.activePaymentId);
    if (active.method === method) return active.id;
    throw new CoreError('operation_forbidden', `A payment by ${active.method} is under way.`);
  }
  if (!isPayable(link, businessNow(core.clock, call.tenant))) {
    const status = link.status === 'created' ? 'expired' : link.status;
    throw new CoreError('operation_forbidden', `The payment link is ${status}.`);
  }
  await refuseFunded(transaction, link);
  return undefined;
}

function methodOf(link: Link, method: string): LinkMethod {
  const found = link.methods.find((one) => one.method === method);
  if (found === undefined)
    throw new CoreError('operation_forbidden', `The payment link does not offer ${method}.`);
  return found;
}

async function start(
  core: Core,
  transaction: Transaction,
  call: Call,
  attempt: {
    link: Link;
    method: LinkMethod;
    given: Readonly<Record<string, unknown>>;
    parameters: Readonly<Record<string, string>>;
    language: Language | undefined;
    card: CardUse | undefined;
    made: { id: PaymentId; operationId: OperationId };
  },
): Promise<void> {
  const { link, method, made, card } = attempt;
  const customer = (await readCustomers(transaction, link.tenantId, [link.customerId])).get(link.customerId);
  const [payment] = await initiatePayments(core, transaction, [
    {
      call: { ...call, origin: link.origin },
      ...made,
      orderId: link.orderId,
      link,
      ...(card === undefined ? {} : { card }),
      method: method.method,
      amount: { minor: link.amount, currency: link.currency },
      parameters: { ...method.parameters, ...attempt.parameters },
      particulars: {
        given: { ...link.particulars.paymentGiven, ...method.given, ...attempt.given },
        description: link.particulars.supplier.name,
        items: paymentItemsOf(link),
        ...(customer?.email ? { payerEmail: customer.email } : {}),
        ...(card !== undefined && link.particulars.keepsCard?.use === 'series'
          ? { keepsForSeries: true }
          : {}),
        ...(attempt.language === undefined ? {} : { language: attempt.language }),
      },
      callbackUrl: null,
    },
  ]);
  if (payment instanceof CoreError) throw payment;
  await updateActivePayment(transaction, link, made.id);
}
