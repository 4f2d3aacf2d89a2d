/** Deposits from the wire to the core's inputs. The schemas have let only whole minor units above zero through. */
import type { MatchTarget } from '#core/deposits/match-deposit.ts';
import type { DepositFilter } from '#core/deposits/read-deposits.ts';
import type { DepositInput } from '#core/deposits/record-deposit.ts';
import type { ReturnInput } from '#core/deposits/return-deposit.ts';
import { currency } from '#kit/currency.ts';
import { invalid } from '#kit/errors.ts';
import type { PaymentId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';

export interface DepositBody {
  readonly bankReference: string;
  readonly reference?: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly receivedAt?: string;
}

/** A reference of nothing but spaces is none. */
export function readDepositBody(body: DepositBody): DepositInput {
  return {
    bankReference: body.bankReference,
    reference: body.reference?.trim() || null,
    amount: money(BigInt(body.amount), currency(body.currency)),
    ...(body.receivedAt === undefined ? {} : { receivedAt: readInstant(body.receivedAt) }),
  };
}

function readInstant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw invalid('receivedAt', 'invalid_format', 'receivedAt is not an instant.');
  return at;
}

/** An empty filter asks for nothing; the schema has let only places and ids through. */
export function readFilter({
  holding,
  paymentId,
}: Readonly<Record<string, string | undefined>>): DepositFilter {
  return {
    ...(holding ? { place: holding as 'unallocated' | 'matched' | 'surplus' } : {}),
    ...readPayment({ paymentId }),
  };
}

export function readPayment({ paymentId }: Readonly<Record<string, string | undefined>>): {
  paymentId?: PaymentId;
} {
  return paymentId ? { paymentId: paymentId.toLowerCase() as PaymentId } : {};
}

/** The schema has let one of the two through. */
export function readMatch(body: { linkId?: string; paymentId?: string }): MatchTarget {
  return body.linkId === undefined ? { paymentId: body.paymentId ?? '' } : { linkId: body.linkId };
}

export function readReturnBody(
  depositId: string,
  body: { bankReference: string; amount?: number },
): ReturnInput {
  const amount = body.amount === undefined ? 'all' : BigInt(body.amount);
  return { depositId, amount, bankReference: body.bankReference };
}
