/** What the papers of a payment show, ready to be set: texts and amounts, no rules. */

export interface PaymentView {
  readonly payer: PartyView;
  readonly payee: PartyView;
  /** Where a check is sent. */
  readonly sendTo: PartyView;
  readonly bankName: string;
  readonly routingNumber: string;
  readonly accountNumber: string;
  readonly reference: string;
  readonly traceNumber: string;
  readonly method: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly amount: bigint;
  readonly memo: string;
  readonly claims: readonly ClaimView[];
  readonly adjustments: readonly { readonly name: string; readonly amount: bigint }[];
  /** When the paper was made. */
  readonly madeAt: Date;
  readonly isTest: boolean;
  readonly isVoided: boolean;
}

export interface PartyView {
  readonly name: string;
  readonly lines: readonly string[];
}

export interface ClaimView {
  readonly patient: string;
  readonly controlNumber: string;
  readonly payerControlNumber: string;
  readonly dates: string;
  readonly charge: bigint;
  /** Group and reason with what each took off: `CO-45`. */
  readonly adjustments: readonly { readonly code: string; readonly amount: bigint }[];
  readonly responsibility: bigint;
  readonly paid: bigint;
}
