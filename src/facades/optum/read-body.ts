import type { PayoutOrder } from '#core/payouts/order.ts';

/** Null is absent: the body without its nulls, at every depth. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  );
}

export interface OrderRead {
  readonly accountId: string | undefined;
  readonly order: PayoutOrder;
}

/** The order of a body whose shape has been checked: the members of the document, and no others. */
export function readOrder(body: unknown): OrderRead {
  const { accountId, ...given } = withoutNulls(body) as PayoutOrder & { readonly accountId?: string };
  const known: PayoutOrder = {
    issuerReferenceId: given.issuerReferenceId,
    amount: given.amount,
    payeeDetails: given.payeeDetails,
    ...(given.paymentDetails === undefined ? {} : { paymentDetails: given.paymentDetails }),
    ...(given.shippingDetails === undefined ? {} : { shippingDetails: given.shippingDetails }),
    ...(given.numberOfClaims === undefined ? {} : { numberOfClaims: given.numberOfClaims }),
    ...(given.claimLevelInformation === undefined
      ? {}
      : { claimLevelInformation: given.claimLevelInformation }),
    ...(given.providerLevelAdjustment === undefined
      ? {}
      : { providerLevelAdjustment: given.providerLevelAdjustment }),
  };
  return { accountId, order: known };
}
