import type { Address, Claim, PayoutOrder } from '#core/payouts/order.ts';
import type { Attempt, Payout } from '#core/payouts/payout.ts';
import { responsibilityOf } from '#core/payouts/remittance/write-claim.ts';
import type { RailName } from '#kit/rail.ts';
import type { ClaimView, PartyView, PaymentView } from '#web/payouts/view.ts';

const methods = {
  ach: 'ACH credit',
  check: 'Check',
  'virtual-card': 'Virtual card',
} as const satisfies Record<RailName, string>;

/** The account a payment leaves from, as it is printed on a check. */
export interface DrawnOn {
  readonly bankName: string;
  readonly routingNumber: string;
  readonly accountNumber: string;
  readonly isTest: boolean;
}

/** What the papers of one attempt show. */
export function toPaperView(payout: Payout, attempt: Attempt, bank: DrawnOn, madeAt: Date): PaymentView {
  const { ordered, payer } = payout;
  const payee = toParty(ordered.payeeDetails.name, ordered.payeeDetails.address);
  return {
    ...bank,
    payer: toParty(payer.name, payer.address),
    payee,
    sendTo: toRecipient(ordered) ?? payee,
    reference: payout.reference,
    traceNumber: attempt.traceNumber ?? '',
    method: methods[attempt.rail],
    date: attempt.effectiveDate ?? '',
    amount: attempt.amount,
    memo: ordered.paymentDetails?.memo ?? '',
    claims: (ordered.claimLevelInformation ?? []).map(toClaim),
    adjustments: (ordered.providerLevelAdjustment ?? []).map(({ reasonCode, referenceId, amount }) => ({
      name: [reasonCode, referenceId].filter(Boolean).join(' '),
      amount: BigInt(amount),
    })),
    madeAt,
    isVoided: attempt.voidedAt !== null,
  };
}

function toParty(name: string, address: Address | undefined): PartyView {
  if (address === undefined) return { name, lines: [] };
  const { line1, line2, city, state, postalCode } = address;
  return { name, lines: [line1, ...(line2 === undefined ? [] : [line2]), `${city}, ${state} ${postalCode}`] };
}

function toRecipient({ shippingDetails, payeeDetails }: PayoutOrder): PartyView | undefined {
  if (shippingDetails === undefined) return undefined;
  const { name = payeeDetails.name, attention, address } = shippingDetails;
  const party = toParty(name, address);
  return attention === undefined ? party : { ...party, lines: [`ATTN ${attention}`, ...party.lines] };
}

function toClaim(claim: Claim): ClaimView {
  const { patient } = claim;
  const lines = claim.serviceLines ?? [];
  const adjustments = [claim, ...lines].flatMap((one) => one.adjustments ?? []);
  return {
    patient: [patient.firstName, patient.middleName, patient.lastName].filter(Boolean).join(' '),
    controlNumber: claim.patientControlNumber,
    payerControlNumber: claim.payerClaimControlNumber,
    dates: [claim.serviceDateFrom, claim.serviceDateTo].filter(Boolean).join(' to '),
    charge: BigInt(claim.chargeAmount),
    adjustments: adjustments.map(({ groupCode, reasonCode, amount }) => ({
      code: `${groupCode}-${reasonCode}`,
      amount: BigInt(amount),
    })),
    responsibility: responsibilityOf(claim),
    paid: BigInt(claim.paidAmount),
  };
}
