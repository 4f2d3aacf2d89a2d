/** Batches between the wire and the core. */
import type { BatchStatus, PayoutBatch } from '#core/payout-batches/batch.ts';
import { currency } from '#kit/currency.ts';
import { invalid } from '#kit/errors.ts';
import { formatDecimal, money } from '#kit/money.ts';
import { writeId } from './wire.ts';

export const batchStatuses = {
  created: 'Created',
  held: 'Held',
  funding: 'Funding',
  processing: 'Processing',
  completed: 'Completed',
  cancelled: 'Cancelled',
} as const satisfies Record<BatchStatus, string>;

const usd = currency('USD');

/** The attributes of a batch as its document names them. */
export function writeBatch(batch: PayoutBatch): Record<string, unknown> {
  const waits = batch.status === 'created' || batch.status === 'held' || batch.status === 'cancelled';
  return {
    batchId: writeId(batch.id),
    tenantId: batch.tenantId,
    clientRequestId: batch.reference,
    accountId: batch.accountId,
    subAccountId: batch.subAccountId,
    fundingType: batch.fundingType,
    // A batch asks for its funding once, and under its own name.
    fundingRequestId: waits ? null : writeId(batch.id),
    batchStatus: batchStatuses[batch.status],
    expectedBatchTotal: batch.expectedTotal === null ? null : writeDollars(batch.expectedTotal),
    expectedNumberOfPayments: batch.expectedCount,
    currentBatchTotal: writeDollars(batch.total),
    currentNumberOfPayments: batch.payouts,
    batchCreatedDate: batch.createdAt.toISOString(),
  };
}

/** Cents as a JSON number of dollars: `36.25`. Exact, since totals of batches stay below 10¹³ dollars. */
export function writeDollars(cents: bigint): number {
  return Number(formatDecimal(money(cents, usd)));
}

/** Cents of a JSON number of dollars; one with more than two decimals is refused, never rounded. */
export function readDollars(property: string, dollars: number): bigint {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(String(dollars)) ?? [];
  if (whole === undefined)
    throw invalid(property, 'invalid_format', `${property}: has more than two decimals`);
  return BigInt(whole + fraction.padEnd(2, '0'));
}
