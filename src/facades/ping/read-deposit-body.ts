import type { Static } from 'typebox';
import type { ReferenceKind } from '#core/deposits/deposit.ts';
import type { InitiateDepositInput } from '#core/deposits/initiate-deposit.ts';
import type { ReconcileInput } from '#core/deposits/reconcile-funding.ts';
import type { DepositInput } from '#core/deposits/record-deposit.ts';
import { isReference } from '#core/deposits/reserve-reference.ts';
import type { InitiatePaymentInput } from '#core/payments/initiate-payment.ts';
import { isCalendarDate } from '#kit/calendar.ts';
import { currency } from '#kit/currency.ts';
import { invalid, type ProblemKind } from '#kit/errors.ts';
import { money } from '#kit/money.ts';
import type { RouteRequest } from '../../http/facade.ts';
import type { mimicDeposit, reconcile } from './deposit-schemas.ts';
import { readOrderItems } from './read-payment-body.ts';

/** Our word for a reference type of theirs. */
export const referenceKinds: Readonly<Record<'OCR' | 'KID', ReferenceKind>> = { OCR: 'ocr', KID: 'kid' };

export const referenceTypes = { ocr: 'OCR', kid: 'KID' } as const satisfies Record<ReferenceKind, string>;

type Parameters = Readonly<Record<string, unknown>>;

/**
 * Reads what a payment by `ping`/`deposit` has beyond any other (facts A7): `reference_type`, and optionally `reference`,
 * `complete_when_funded` and `desired_date_of_payment`. A null is as good as nothing, as the vendor's SDK sends it.
 */
export function readDepositBody(
  { body }: Pick<RouteRequest, 'body'>,
  { orderId, amount, particulars, callbackUrl }: InitiatePaymentInput,
): InitiateDepositInput {
  const parameters = (body.provider_method_parameters ?? {}) as Parameters;
  const reference = readReference(parameters);
  const desiredDate = readDesiredDate(parameters);
  return {
    orderId,
    amount,
    particulars:
      desiredDate === undefined
        ? particulars
        : { ...particulars, given: { ...particulars.given, desired_date_of_payment: desiredDate } },
    callbackUrl,
    kind: readKind(parameters),
    completeWhenFunded: readCompletion(parameters),
    ...(reference === undefined ? {} : { reference }),
  };
}

function readKind({ reference_type: type }: Parameters): ReferenceKind {
  if (type === 'OCR' || type === 'KID') return referenceKinds[type];
  throw wrong('reference_type', type == null ? 'missing_field' : 'invalid_enum', 'must be OCR or KID');
}

function readReference({ reference }: Parameters): string | undefined {
  if (reference === undefined || reference === null) return undefined;
  if (typeof reference !== 'string') throw wrong('reference', 'invalid_type', 'must be text');
  if (isReference(reference)) return reference;
  throw wrong(
    'reference',
    'invalid_format',
    'must be 2 to 25 digits, the last one the check digit by modulo 10',
  );
}

function readCompletion({ complete_when_funded: complete }: Parameters): boolean {
  if (complete === undefined || complete === null) return true;
  if (typeof complete === 'boolean') return complete;
  throw wrong('complete_when_funded', 'invalid_type', 'must be true or false');
}

function readDesiredDate({ desired_date_of_payment: date }: Parameters): string | undefined {
  if (date === undefined || date === null) return undefined;
  if (typeof date === 'string' && isCalendarDate(date)) return date;
  throw wrong('desired_date_of_payment', 'invalid_format', 'must be a date, YYYY-MM-DD');
}

function wrong(name: string, problem: ProblemKind, description: string): Error {
  const property = `provider_method_parameters.${name}`;
  return invalid(property, problem, `${property} ${description}`);
}

/** Reads what a payment's funds were for after all; without items, what was asked for. */
export function readReconcileBody({
  params,
  body: given,
}: Pick<RouteRequest, 'params' | 'body'>): ReconcileInput {
  const items = (given as Static<typeof reconcile> | undefined)?.order_items;
  const payment = { orderId: params.order_id ?? '', paymentId: params.payment_id ?? '' };
  if (items === undefined || items === null) return payment;
  const amount = items.reduce((sum, item) => sum + BigInt(item.amount), 0n);
  return { ...payment, items: { amount, items: readOrderItems(items), given: { order_items: items } } };
}

/** Reads a deposit as Ping's Mimic takes it. */
export function readMimicBody(body: Static<typeof mimicDeposit>): Omit<DepositInput, 'bankReference'> {
  return { reference: body.reference, amount: money(BigInt(body.amount), currency(body.currency)) };
}
