import type { Transaction } from '#db/database.ts';
import { minorToJson, money } from '#kit/money.ts';
import { accounts } from '#ledger/accounts.ts';
import { post } from '#ledger/post.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Finding } from '../operations/operation.ts';
import { followRefund } from '../postransactions/follow-refund.ts';
import { allocateLateNews } from './allocate-late-news.ts';
import type { Held } from './book-charge.ts';
import { depositMethod } from './payment.ts';
import { updateRefunds } from './refunds/store.ts';

/**
 * Books a refund that the processor approved, or gives the reserved amount back to what may be refunded where it did
 * not happen. While nobody knows, the reservation stays.
 */
export async function applyRefund(
  core: Core,
  transaction: Transaction,
  held: Held,
  finding: Finding,
  at: Date,
): Promise<void> {
  const { payment, operation } = held;
  if (finding.kind === 'waiting' || finding.kind === 'unknown') return;
  // An approval that comes after the reservation was given back has nothing left to release.
  const reserved = operation.resolvedAt === null ? operation.amount : 0n;
  const approved = finding.kind === 'approved';
  await updateRefunds(transaction, payment, {
    refunding: -reserved,
    refunded: approved ? operation.amount : 0n,
  });
  if (approved) {
    await postRefund(core, transaction, held, at);
    if (reserved === 0n) await allocateLateNews(core, transaction, payment, at);
    const { tenantId, linkId } = payment;
    if (linkId !== null)
      await followRefund(core, transaction, { tenantId, linkId, operationId: operation.id, at });
  }
  await recordEvents(core, transaction, [
    {
      tenantId: payment.tenantId,
      type: approved ? 'refund.approved' : 'refund.failed',
      subject: { kind: 'refund', id: operation.id, version: operation.resolvedAt === null ? 1 : 2 },
      data: {
        refundId: operation.id,
        paymentId: payment.id,
        amount: minorToJson(operation.amount),
        currency: operation.currency,
        reason: operation.reason,
      },
      at,
    },
  ]);
}

async function postRefund(
  core: Core,
  transaction: Transaction,
  { payment, operation }: Held,
  at: Date,
): Promise<void> {
  post(core.ids, transaction, {
    tenantId: payment.tenantId,
    kind: 'refund',
    reference: `refund:${operation.id}`,
    paymentId: payment.id,
    movements: [
      {
        debit: payment.superseded ? accounts.overpaid : accounts.receipts,
        credit: payment.method === depositMethod ? accounts.bank : accounts.processor(operation.connector),
        amount: money(operation.amount, operation.currency),
      },
    ],
    at,
  });
}
