import { CoreError } from '#kit/errors.ts';
import type { CredentialId, Id, TenantId } from '#kit/ids.ts';
import type { RailName } from '#kit/rail.ts';
import type { Payer } from '../payout-accounts/account.ts';
import type { DeliveryMethod, PayoutOrder } from './order.ts';

export type PayoutId = Id<'payout'>;
export type PayoutFileId = Id<'payout-file'>;

/** Money on its way from a payer's account to one payee, whatever instruments it takes. US cents. */
export interface Payout {
  readonly id: PayoutId;
  readonly tenantId: TenantId;
  readonly accountId: string;
  readonly batchId: string | null;
  /** The payer's own reference: one payout for each, for ever. */
  readonly reference: string;
  /** Keyed digest of what was ordered, by which a repetition is told from another order. */
  readonly inputHash: Buffer;
  readonly amount: bigint;
  readonly status: PayoutStatus;
  /** The number of the present attempt. */
  readonly attempt: number;
  /** What was ordered, without the payee's account number. */
  readonly ordered: PayoutOrder;
  readonly payer: Payer;
  readonly payeeAccountSealed: string | null;
  readonly createdBy: CredentialId | null;
  readonly version: number;
  /** In the tenant's time: when it goes on by itself; null while it waits for somebody. */
  readonly dueAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One instrument of a payout: an ACH entry, a check, a card. A reissue is another one. */
export interface Attempt {
  readonly tenantId: TenantId;
  readonly payoutId: PayoutId;
  readonly attempt: number;
  readonly accountId: string;
  readonly rail: RailName;
  readonly amount: bigint;
  /** Whether the amount has been taken out of what the account may promise. */
  readonly funded: boolean;
  /** Whether it was voided before anybody released it. */
  readonly declined: boolean;
  readonly cleared: bigint;
  readonly voided: bigint;
  /** TRN02; null until it is known. */
  readonly traceNumber: string | null;
  /** ACH trace number, check number or card reference; null until one is assigned. */
  readonly instrument: string | null;
  readonly cardLast4: string | null;
  readonly cutAt: Date | null;
  readonly effectiveDate: string | null;
  readonly fileId: PayoutFileId | null;
  readonly stopAt: Date | null;
  readonly stopFileId: PayoutFileId | null;
  readonly returnedCode: string | null;
  readonly returnedAt: Date | null;
  /** The 835, sealed, where there is something to remit. */
  readonly remittanceSealed: string | null;
  readonly startedAt: Date;
  readonly documentedAt: Date | null;
  readonly voidedAt: Date | null;
}

/** A payout with its present attempt, as everything that moves it sees it. */
export interface HeldPayout {
  readonly payout: Payout;
  readonly attempt: Attempt;
}

export const payoutStatuses = [
  'created',
  'held',
  'loading',
  'documents-generating',
  'remittance-requested',
  'documents-distributing',
  'distribution-assigned',
  'requested',
  'sent',
  'completed',
  'voided',
  'reissuing',
  'failed',
] as const;

export type PayoutStatus = (typeof payoutStatuses)[number];

/** Which status may follow which (facts D6; decisions 31 and 32). */
export const payoutTransitions = {
  created: ['held', 'loading', 'voided'],
  held: ['loading', 'voided'],
  loading: ['documents-generating', 'failed', 'voided'],
  'documents-generating': ['remittance-requested', 'voided'],
  'remittance-requested': ['documents-distributing', 'voided'],
  'documents-distributing': ['distribution-assigned', 'voided'],
  'distribution-assigned': ['requested', 'completed', 'voided'],
  requested: ['sent', 'voided'],
  sent: ['completed', 'voided'],
  completed: ['voided'],
  voided: ['reissuing'],
  reissuing: ['loading', 'voided'],
  failed: [],
} as const satisfies Record<PayoutStatus, readonly PayoutStatus[]>;

/** What a caller may ask for besides creating. */
export type PayoutAction = 'release' | 'decline' | 'void' | 'reissue';

/** In which statuses each is allowed. Those of `void` are the closed list of seed 003. */
export const actionStatuses = {
  release: ['held'],
  decline: ['held'],
  void: [
    'loading',
    'documents-generating',
    'remittance-requested',
    'documents-distributing',
    'distribution-assigned',
    'completed',
    'requested',
    'sent',
    'reissuing',
  ],
  reissue: ['voided'],
} as const satisfies Record<PayoutAction, readonly PayoutStatus[]>;

/** Whether the payout may be acted upon now. */
export function allows({ payout, attempt }: HeldPayout, action: PayoutAction): boolean {
  const statuses: readonly PayoutStatus[] = actionStatuses[action];
  if (!statuses.includes(payout.status)) return false;
  if (action === 'void') return availableOf(attempt) > 0n;
  // What was declined nobody released: paying it after all takes a new order, and a new approval.
  return action !== 'reissue' || (!attempt.declined && isStopped(attempt));
}

/** Throws `conflict` where the payout may not be acted upon now. */
export function require(held: HeldPayout, action: PayoutAction): void {
  if (allows(held, action)) return;
  throw new CoreError('conflict', refusalOf(held, action));
}

function refusalOf({ payout, attempt }: HeldPayout, action: PayoutAction): string {
  const statuses: readonly PayoutStatus[] = actionStatuses[action];
  const present = `The payment is ${payout.status.replaceAll('-', ' ')}`;
  if (!statuses.includes(payout.status)) return `${present}: that cannot be done to it now.`;
  if (action === 'void') return `${present}, and nothing of it is left to void.`;
  return attempt.declined
    ? `${present}, but was never released: there is nothing to issue again.`
    : `${present}, but the stop of its last instrument is not confirmed yet.`;
}

/** What of an attempt has neither reached the payee nor been voided. */
export function availableOf({
  amount,
  cleared,
  voided,
}: Pick<Attempt, 'amount' | 'cleared' | 'voided'>): bigint {
  return amount - cleared - voided;
}

/**
 * Whether the instrument can no longer pay: it never left, or its stop has gone out. An ACH entry cannot be stopped, only
 * reversed, and its reversal goes with the next file: nobody waits for that.
 */
function isStopped({ rail, fileId, stopAt, stopFileId }: Attempt): boolean {
  return fileId === null || rail === 'ach' || stopAt === null || stopFileId !== null;
}

export const railOf = {
  ACH: 'ach',
  CHECK: 'check',
  VIRTUAL_CARD: 'virtual-card',
} as const satisfies Record<DeliveryMethod, RailName>;

/** TRN02: the check's number for a check, else the payer's reference, with the attempt where it is not the first. */
export function traceNumberOf(
  { reference }: Pick<Payout, 'reference'>,
  { rail, attempt }: Pick<Attempt, 'rail' | 'attempt'>,
  checkNumber: string | null,
): string {
  if (rail === 'check' && checkNumber !== null) return checkNumber;
  return attempt === 1 ? reference : `${reference}-${attempt}`;
}

/** An attempt of which nothing has happened yet. */
export function newAttempt(
  begun: Pick<Attempt, 'tenantId' | 'payoutId' | 'attempt' | 'accountId' | 'rail' | 'amount' | 'startedAt'>,
): Attempt {
  return {
    ...begun,
    funded: false,
    declined: false,
    cleared: 0n,
    voided: 0n,
    traceNumber: null,
    instrument: null,
    cardLast4: null,
    cutAt: null,
    effectiveDate: null,
    fileId: null,
    stopAt: null,
    stopFileId: null,
    returnedCode: null,
    returnedAt: null,
    remittanceSealed: null,
    documentedAt: null,
    voidedAt: null,
  };
}
