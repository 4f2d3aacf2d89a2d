import { later } from '#kit/clock.ts';
import type { Core } from '../core.ts';
import { recordSmsResult } from '../links/record-sms-result.ts';
import { type Delivery, type Message, type MessageStatus, smsStatusOf } from './message.ts';
import { updateDeferred, updateSent } from './store.ts';

export interface Sending {
  /** `queued` where the channel surely did not take it and may later. */
  readonly status: Exclude<MessageStatus, 'sending'>;
  readonly channel: string;
  readonly providerReference?: string;
  readonly detail?: string;
  /** Set where the channel itself knows that the person has it; otherwise a delivery report will say. */
  readonly delivery?: Delivery;
}

const minuteMs = 60_000;

/**
 * How long a message that was turned away waits before it is handed over again. Greylisting wants some minutes, a full
 * mailbox some hours; a bill that comes after a day is better than none, later than that it is not.
 */
const retryDelaysMs = [1, 5, 30, 2 * 60, 8 * 60, 16 * 60].map((minutes) => minutes * minuteMs);

/** Writes down what became of handing a message over, and what the link it carries should say of its SMS. */
export async function recordSending(core: Core, message: Message, sending: Sending): Promise<void> {
  const { channel } = sending;
  const detail = sending.detail ?? null;
  const delayMs = retryDelaysMs[message.attempts];
  await core.database.transaction(async (transaction) => {
    if (sending.status === 'queued' && delayMs !== undefined) {
      await updateDeferred(transaction, message, {
        dueAt: later(core.clock.now(), delayMs),
        channel,
        detail,
      });
      return;
    }
    const sent = await updateSent(transaction, message, {
      status: sending.status === 'queued' ? 'failed' : sending.status,
      channel,
      providerReference: sending.providerReference ?? null,
      detail,
      delivery: sending.delivery ?? null,
    });
    if (sent !== undefined) await recordSmsResult(transaction, sent, smsStatusOf(sent));
  });
}
