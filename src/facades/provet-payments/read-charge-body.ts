import type { ChargeCardInput } from '#core/payments/charge-card.ts';
import type { Currency } from '#kit/currency.ts';
import { money } from '#kit/money.ts';
import { readAmount, readCurrency, readOptionalAmount } from './wire.ts';

export interface ChargeBody {
  readonly Description?: string | null;
  readonly Amount: number | string;
  readonly Surcharge?: number | string | null;
  readonly Notes?: string | null;
  readonly Currency?: string | null;
  readonly ClientId: string;
  readonly PaymentMethodId: string;
  readonly IsPreAuth?: boolean | null;
}

/** What of a charge is told again and means nothing to the core. */
export interface ChargeGiven {
  readonly Description?: string;
  /** Minor units. */
  readonly Surcharge?: string;
  readonly Notes?: string;
}

const usualCurrency = 'AUD';

/** What is charged is amount and surcharge together (seed). */
export function readChargeBody(body: ChargeBody): ChargeCardInput {
  const currency = readCurrency('Currency', body.Currency || usualCurrency);
  const surcharge = readOptionalAmount('Surcharge', body.Surcharge, currency);
  const amount = readAmount('Amount', body.Amount, currency);
  const given: ChargeGiven = {
    ...(body.Description ? { Description: body.Description } : {}),
    ...(surcharge === 0n ? {} : { Surcharge: String(surcharge) }),
    ...(body.Notes ? { Notes: body.Notes } : {}),
  };
  return {
    customerId: body.ClientId,
    cardId: body.PaymentMethodId,
    amount: money(amount.minor + surcharge, currency),
    capture: body.IsPreAuth === true ? 'later' : 'now',
    particulars: { given: { ...given }, description: body.Description || 'Payment' },
  };
}

export interface CompleteBody {
  readonly PaymentId: string;
  readonly Amount: number | string;
  readonly Surcharge?: number | string | null;
  readonly Notes?: string | null;
}

/** Amount and surcharge are taken together; both are told again with the Complete. */
export function readCompletion(
  body: CompleteBody,
  currency: Currency,
): { amount: bigint; parameters: Record<string, string> } {
  const surcharge = readOptionalAmount('Surcharge', body.Surcharge, currency);
  const { minor } = readAmount('Amount', body.Amount, currency);
  return {
    amount: minor + surcharge,
    parameters: {
      ...(surcharge === 0n ? {} : { Surcharge: String(surcharge) }),
      ...(body.Notes ? { Notes: body.Notes } : {}),
    },
  };
}
