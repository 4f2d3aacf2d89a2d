import type { Core } from '../core.ts';
import { recordSmsResult } from '../links/record-sms-result.ts';
import { type Delivery, smsStatusOf } from './message.ts';
import type { ReportedMessage } from './report-token.ts';
import { updateDelivery } from './store.ts';

/**
 * Keeps what the network says became of a message, whenever and however often it says so: it may come before we know
 * ourselves that the message was taken, and "delivered" is not taken back by a "failed" that overtook it. A message
 * of which it was not known whether it was taken, was taken.
 */
export async function recordDelivery(
  core: Core,
  reported: ReportedMessage,
  report: { channel: string; delivery: Delivery; detail: string | null },
): Promise<void> {
  await core.database.transaction(async (transaction) => {
    const message = await updateDelivery(transaction, reported, report);
    if (message !== undefined) await recordSmsResult(transaction, message, smsStatusOf(message));
  });
}
