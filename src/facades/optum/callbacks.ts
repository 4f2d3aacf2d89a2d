import { createHmac } from 'node:crypto';
import type { CallbackRule } from '#core/callbacks/callback.ts';
import type { Core } from '#core/core.ts';
import type { StoredEvent } from '#core/events/event.ts';
import type { BatchStatus } from '#core/payout-batches/batch.ts';
import type { PayoutStatus } from '#core/payouts/payout.ts';
import { batchStatuses, writeDollars } from './batch-wire.ts';
import { nameOf } from './event-names.ts';
import { prefix, statuses, writeId } from './wire.ts';

/** Tells an event in the envelope of the event API (facts D3). */
export function renderCallback(event: StoredEvent): string {
  const { id, type, subject, createdAt } = event;
  return JSON.stringify({
    id: writeId(id),
    source: prefix,
    specVersion: '1.0',
    type: nameOf(type),
    dataContentType: 'application/json',
    data: dataOf(event),
    time: createdAt.toISOString(),
    causationId: writeId(subject.id),
  });
}

/** A payment's event carries the Payment object as it was then; a batch's, what its document names. */
function dataOf({ tenantId, subject, data }: StoredEvent): Record<string, unknown> {
  if (subject.kind === 'payout')
    return {
      paymentId: writeId(String(data.payoutId)),
      tenantId,
      issuerReferenceId: data.reference,
      amount: data.amount,
      status: statuses[data.status as PayoutStatus],
      version: 1,
    };
  if (subject.kind === 'payout-batch')
    return {
      batchId: writeId(String(data.batchId)),
      org: tenantId,
      account: data.accountId,
      subAccount: data.subAccountId,
      totalAmount: writeDollars(BigInt(data.total as number)),
      numberOfPayments: data.payouts,
      status: batchStatuses[data.status as BatchStatus],
      fundingMethod: data.fundingType,
      type: 'Batch',
    };
  return {};
}

const minuteMs = 60_000;

/** As documented, and short: the subscriber's circuit opens after the third. */
export const callbackRule: CallbackRule = { retriesMs: [minuteMs, 5 * minuteMs, 25 * minuteMs] };

/** The header by which a subscriber checks the body: HMAC-SHA256 over its bytes, in hexadecimal. */
export async function signCallback(_core: Core, body: string, key?: string): Promise<Record<string, string>> {
  if (key === undefined) return {};
  const signature = createHmac('sha256', key).update(body).digest('hex');
  return { 'x-optum-webhook-callback-hmac-signature': signature };
}
