import type { Claim, ClaimStatus } from '#core/claims/claim.ts';
import type { CreateClaimInput, CreatedClaim } from '#core/claims/create-claim.ts';
import { currency } from '#kit/currency.ts';
import { formatDecimal, minorToJson, money } from '#kit/money.ts';
import { formatUlid } from '#kit/ulid.ts';

/** Every status in the vendor's words; the two that only its prose has are decision h3. */
export const statuses = {
  initial: 'INITIAL',
  claimed: 'CLAIMED',
  authorised: 'AUTHORISED',
  pending: 'PENDING',
  settled: 'SETTLED',
  denied: 'DENIED',
  cancelled: 'CANCELLED',
} as const satisfies Record<ClaimStatus, string>;

type Told = Omit<CreateClaimInput, 'capture'> &
  Pick<Claim, 'id' | 'status'> & { readonly createdAt: string; readonly updatedAt: string | null };

export function toTold(claim: Claim): Told {
  return {
    ...claim,
    createdAt: claim.createdAt.toISOString(),
    updatedAt: claim.updatedAt?.toISOString() ?? null,
  };
}

/** A claim that was made just now, told as it was then. */
export function toldAtFirst(input: CreateClaimInput, created: CreatedClaim): Told {
  return { ...input, ...created, status: 'initial', updatedAt: null };
}

/** A payment, its keys in the seed's order. Amounts are euros here, and cents in tokens and callbacks. */
export function writePayment(claim: Told): Record<string, unknown> {
  return {
    amount: toEuros(claim.amount),
    currency: claim.currency,
    createdAt: claim.createdAt,
    customerInformation: {},
    id: formatUlid(claim.id),
    merchantReference: claim.reference,
    merchantUrls: {
      ...(claim.callbackUrl === null ? {} : { callback: claim.callbackUrl }),
      cancelRedirect: claim.cancelUrl,
      failureRedirect: claim.failureUrl,
      successRedirect: claim.successUrl,
    },
    amountDetails: {
      tax: toEuros(claim.tax),
      shipping: toEuros(claim.shipping),
      subtotal: toEuros(claim.subtotal),
    },
    prescriptionRequired: claim.prescriptionRequired,
    status: statuses[claim.status],
    updatedAt: claim.updatedAt,
  };
}

/** What a token says, in the order of the seed's: cents, milliseconds, and no callback address. */
export function writeTokenClaims(claim: Told, lifeMs: number): Record<string, unknown> {
  const issuedAt = Date.parse(claim.createdAt);
  return {
    amount: minorToJson(claim.amount),
    currency: claim.currency,
    id: formatUlid(claim.id),
    merchantUrls: {
      failureRedirect: claim.failureUrl,
      successRedirect: claim.successUrl,
      cancelRedirect: claim.cancelUrl,
    },
    amountDetails: {
      tax: minorToJson(claim.tax),
      shipping: minorToJson(claim.shipping),
      subtotal: minorToJson(claim.subtotal),
    },
    prescriptionRequired: claim.prescriptionRequired,
    status: statuses[claim.status],
    iat: issuedAt,
    exp: issuedAt + lifeMs,
    iss: issuer,
  };
}

/** Who the seed's tokens say issued them; clients may check it. */
export const issuer = 'https://hi.health';

const euro = currency('EUR');

/** The JSON number of the exact decimal text: with two decimals and at most 10¹² cents it reads back the same. */
function toEuros(cents: bigint): number {
  return Number(formatDecimal(money(cents, euro)));
}
