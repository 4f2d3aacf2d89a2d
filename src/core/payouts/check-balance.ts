import { currency } from '#kit/currency.ts';
import { CoreError } from '#kit/errors.ts';
import { formatDecimal, minorToJson, money } from '#kit/money.ts';
import { type Adjustment, type Claim, hasRemittance, type PayoutOrder, sumOf, totalsOf } from './order.ts';

/** A remittance that does not add up. `difference` is what is stated minus what it should be, in cents. */
export class UnbalancedError extends CoreError {
  readonly difference: number;

  constructor(
    message: string,
    at: { readonly property: string; readonly description: string; readonly difference: bigint },
  ) {
    const { property, description } = at;
    super('total_mismatch', message, [{ property, problem: 'out_of_range', description }]);
    this.difference = minorToJson(at.difference);
  }
}

/**
 * Holds an order to the balance of the 835 (005010X221A1, section 1.10.2.1): each service line, each claim, and the
 * whole. Throws an UnbalancedError at the first that does not add up.
 */
export function checkBalance(order: PayoutOrder): void {
  if (!hasRemittance(order)) return;
  for (const [index, claim] of (order.claimLevelInformation ?? []).entries())
    checkClaim(claim, `claimLevelInformation.${index}`);
  const { claimsPaid, adjustments } = totalsOf(order);
  const stated = BigInt(order.amount);
  const due = claimsPaid - adjustments;
  if (stated === due) return;
  throw new UnbalancedError(
    `claims paid ${dollars(claimsPaid)} less provider adjustments ${dollars(adjustments)} is ${dollars(due)}, but amount is ${dollars(stated)}: difference ${dollars(stated - due)}`,
    {
      property: 'amount',
      description: 'does not equal claims paid less provider adjustments',
      difference: stated - due,
    },
  );
}

function checkClaim(claim: Claim, path: string): void {
  const lines = claim.serviceLines ?? [];
  for (const [index, line] of lines.entries())
    require(`${path}.serviceLines.${index}.paidAmount`, line.paidAmount, {
      due: BigInt(line.chargeAmount) - adjusted(line.adjustments),
      of: 'the charge less adjustments of the line',
    });
  if (lines.length > 0)
    require(`${path}.chargeAmount`, claim.chargeAmount, {
      due: sumOf(lines.map(({ chargeAmount }) => chargeAmount)),
      of: 'the charges of its lines',
    });
  const inLines = lines.reduce((total, line) => total + adjusted(line.adjustments), 0n);
  require(`${path}.paidAmount`, claim.paidAmount, {
    due: BigInt(claim.chargeAmount) - adjusted(claim.adjustments) - inLines,
    of: 'the charge less adjustments of the claim and its lines',
  });
}

function require(property: string, stated: number, { due, of }: { due: bigint; of: string }): void {
  const difference = BigInt(stated) - due;
  if (difference === 0n) return;
  throw new UnbalancedError(
    `${of} are ${dollars(due)}, but stated is ${dollars(BigInt(stated))}: difference ${dollars(difference)}`,
    { property, description: `does not equal ${of}`, difference },
  );
}

function adjusted(adjustments: readonly Adjustment[] = []): bigint {
  return sumOf(adjustments.map(({ amount }) => amount));
}

const usd = currency('USD');

function dollars(cents: bigint): string {
  return formatDecimal(money(cents, usd));
}
