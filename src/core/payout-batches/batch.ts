import { CoreError } from '#kit/errors.ts';
import type { Id, TenantId } from '#kit/ids.ts';
import type { FundingType } from '../payout-accounts/account.ts';

export type BatchId = Id<'payout-batch'>;

/** Payouts that are ordered, released and followed together. Amounts in US cents. */
export interface PayoutBatch {
  readonly tenantId: TenantId;
  readonly id: BatchId;
  readonly accountId: string;
  readonly subAccountId: string | null;
  /** The caller's own name for it: one batch for each, for ever. */
  readonly reference: string;
  /** Keyed digest of what was asked for, by which a repetition is told from another request. */
  readonly inputHash: Buffer;
  /** That of the account when the batch was made. */
  readonly fundingType: FundingType;
  /** What the caller means to put in; null where it did not say. Held against what is there when it is started. */
  readonly expectedTotal: bigint | null;
  readonly expectedCount: number | null;
  /** What is in it. */
  readonly total: bigint;
  readonly payouts: number;
  readonly status: BatchStatus;
  readonly version: number;
  readonly createdAt: Date;
}

/** Which status may follow which (optum-create-body, section 4). */
export const batchTransitions = {
  created: ['held', 'funding', 'cancelled'],
  held: ['funding', 'cancelled'],
  funding: ['processing'],
  processing: ['completed'],
  completed: [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export type BatchStatus = keyof typeof batchTransitions;

/** What a caller may ask of a batch besides making it. */
export type BatchAction = 'add' | 'change' | 'start' | 'release' | 'cancel';

/** In which statuses each is allowed. */
export const batchActionStatuses = {
  add: ['created'],
  change: ['created'],
  start: ['created'],
  release: ['held'],
  cancel: ['created', 'held'],
} as const satisfies Record<BatchAction, readonly BatchStatus[]>;

/** Throws `conflict` where that cannot be done to the batch now. */
export function requireBatch({ status }: Pick<PayoutBatch, 'status'>, action: BatchAction): void {
  const statuses: readonly BatchStatus[] = batchActionStatuses[action];
  if (!statuses.includes(status))
    throw new CoreError('conflict', `The batch is ${status}: that cannot be done to it now.`);
}

/** Throws `conflict` where nothing is in the batch, or not what its caller said would be. */
export function requireWhole(
  batch: Pick<PayoutBatch, 'expectedTotal' | 'expectedCount' | 'total' | 'payouts'>,
): void {
  const { expectedTotal, expectedCount, total, payouts } = batch;
  if (payouts === 0) throw new CoreError('conflict', 'There is no payment in the batch.');
  if (expectedCount !== null && expectedCount !== payouts)
    throw new CoreError('conflict', `The batch has ${payouts} payments, and ${expectedCount} were expected.`);
  if (expectedTotal !== null && expectedTotal !== total)
    throw new CoreError(
      'conflict',
      `The payments of the batch are ${total} cents together, and ${expectedTotal} were expected.`,
    );
}
