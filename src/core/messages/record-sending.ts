import type { Core } from '../core.ts';
import { recordSmsResult } from '../links/record-sms-result.ts';
import type { Message, MessageStatus } from './message.ts';
import { updateSent } from './store.ts';

export interface Sending {
  readonly status: Extract<MessageStatus, 'sent' | 'failed' | 'unknown'>;
  readonly channel: string;
  readonly providerReference?: string;
  readonly detail?: string;
  /** Whether the channel itself says that the phone has it; otherwise a delivery report will. */
  readonly delivered?: boolean;
}

/** Writes down what became of handing a message over, and what the link it carries should say of its SMS. */
export async function recordSending(core: Core, message: Message, sending: Sending): Promise<void> {
  await updateSent(core.database, message, {
    status: sending.status,
    channel: sending.channel,
    providerReference: sending.providerReference ?? null,
    detail: sending.detail ?? null,
  });
  if (message.linkId === null || message.medium !== 'sms') return;
  const handedOver = sending.delivered === true ? 'delivered' : 'pending';
  await recordSmsResult(
    core,
    message.tenantId,
    message.linkId,
    sending.status === 'sent' ? handedOver : 'failed',
  );
}
