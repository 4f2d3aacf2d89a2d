/** What a payer orders: whom to pay how much, how, and for which claims. Names and units are those of the field. */

/** US cents, as JSON carries them: whole, and below 2⁵³. */
export type Cents = number;

/** `YYYY-MM-DD`. */
export type DateText = string;

export interface PayoutOrder {
  readonly issuerReferenceId: string;
  readonly amount: Cents;
  readonly paymentDetails?: PaymentDetails;
  readonly payeeDetails: PayeeDetails;
  /** Where a check is sent, if not to the payee's own address. */
  readonly shippingDetails?: ShippingDetails;
  readonly numberOfClaims?: number;
  readonly claimLevelInformation?: readonly Claim[];
  readonly providerLevelAdjustment?: readonly ProviderAdjustment[];
}

export interface PaymentDetails {
  readonly deliveryMethod?: DeliveryMethod;
  /** For whom it is paid, if not for the account's owner. */
  readonly payer?: {
    readonly name: string;
    readonly tin: string;
    readonly address?: Address;
    readonly contact?: { readonly name: string; readonly phone?: string };
  };
  readonly memo?: string;
}

export const deliveryMethods = ['ACH', 'CHECK', 'VIRTUAL_CARD'] as const;

export type DeliveryMethod = (typeof deliveryMethods)[number];

export interface PayeeDetails {
  readonly name: string;
  readonly npi?: string;
  readonly tin?: string;
  readonly address?: Address;
  readonly bankAccount?: PayeeBankAccount;
  readonly email?: string;
}

export interface PayeeBankAccount {
  readonly routingNumber: string;
  /** Present while an order is being taken; afterwards kept sealed, apart. */
  readonly accountNumber?: string;
  readonly accountNumberLast4?: string;
  readonly accountType?: 'checking' | 'savings';
}

export interface ShippingDetails {
  readonly name?: string;
  readonly attention?: string;
  readonly address: Address;
}

export interface Address {
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country?: string;
}

export interface Claim {
  readonly patientControlNumber: string;
  readonly claimStatusCode: string;
  readonly chargeAmount: Cents;
  readonly paidAmount: Cents;
  readonly patientResponsibilityAmount?: Cents;
  readonly claimFilingIndicatorCode?: string;
  readonly payerClaimControlNumber: string;
  readonly facilityCode?: string;
  readonly frequencyCode?: string;
  readonly adjustments?: readonly Adjustment[];
  readonly patient: Person;
  readonly subscriber?: Person;
  readonly renderingProvider?: {
    readonly lastName: string;
    readonly firstName?: string;
    readonly npi?: string;
  };
  readonly serviceDateFrom?: DateText;
  readonly serviceDateTo?: DateText;
  readonly receivedDate?: DateText;
  readonly serviceLines?: readonly ServiceLine[];
}

export interface Adjustment {
  readonly groupCode: 'CO' | 'PR' | 'OA' | 'PI';
  readonly reasonCode: string;
  /** Positive: less is paid than was charged. */
  readonly amount: Cents;
  readonly quantity?: number;
}

export interface Person {
  readonly lastName: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly memberId?: string;
}

export interface ServiceLine {
  readonly procedureCode: string;
  readonly procedureQualifier?: string;
  readonly chargeAmount: Cents;
  readonly paidAmount: Cents;
  readonly units?: number;
  readonly serviceDate?: DateText;
  readonly adjustments?: readonly Adjustment[];
  readonly lineControlNumber?: string;
  readonly allowedAmount?: Cents;
}

export interface ProviderAdjustment {
  readonly reasonCode: string;
  readonly referenceId?: string;
  /** Positive: it reduces the payment. */
  readonly amount: Cents;
  readonly fiscalPeriodDate?: DateText;
  readonly providerIdentifier?: string;
}

/** How it is paid: as ordered; by default into the bank account where there is one, else by check. */
export function deliveryOf(order: Pick<PayoutOrder, 'paymentDetails' | 'payeeDetails'>): DeliveryMethod {
  const ordered = order.paymentDetails?.deliveryMethod;
  return ordered ?? (order.payeeDetails.bankAccount === undefined ? 'CHECK' : 'ACH');
}

/** Whether there is anything to remit: claims, or adjustments of the provider's account. */
export function hasRemittance(
  order: Pick<PayoutOrder, 'claimLevelInformation' | 'providerLevelAdjustment'>,
): boolean {
  return (order.claimLevelInformation?.length ?? 0) + (order.providerLevelAdjustment?.length ?? 0) > 0;
}

/** What claims paid and what was taken back from the provider's account, in cents. */
export function totalsOf(order: Pick<PayoutOrder, 'claimLevelInformation' | 'providerLevelAdjustment'>): {
  readonly claimsPaid: bigint;
  readonly adjustments: bigint;
} {
  return {
    claimsPaid: sumOf((order.claimLevelInformation ?? []).map(({ paidAmount }) => paidAmount)),
    adjustments: sumOf((order.providerLevelAdjustment ?? []).map(({ amount }) => amount)),
  };
}

export function sumOf(amounts: readonly Cents[]): bigint {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n);
}
