import type { Transaction } from '#db/database.ts';
import { minorToJson } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Finding } from '../operations/operation.ts';
import { bookCharge, type Held } from './book-charge.ts';
import { updateCapturing } from './captures/store.ts';

/**
 * Books a capture that the processor approved. One that did not happen leaves the money held, to be captured again or
 * let go; while nobody knows, the reservation stays.
 */
export async function applyCapture(
  core: Core,
  transaction: Transaction,
  held: Held,
  finding: Finding,
  at: Date,
): Promise<void> {
  if (finding.kind === 'waiting' || finding.kind === 'unknown') return;
  if (finding.kind === 'approved') return bookCharge(core, transaction, held, finding, at);
  const { payment, operation } = held;
  await updateCapturing(transaction, payment, { capturing: 0n, mayExceed: false });
  await recordEvents(core, transaction, [
    {
      tenantId: payment.tenantId,
      type: 'capture.failed',
      subject: { kind: 'capture', id: operation.id, version: 1 },
      data: {
        captureId: operation.id,
        paymentId: payment.id,
        amount: minorToJson(operation.amount),
        currency: operation.currency,
      },
      at,
    },
  ]);
}
