import type { Medium } from '#kit/channel.ts';
import type { LinkId, MessageId, TenantId } from '#kit/ids.ts';

/** One SMS or e-mail to one person. */
export interface Message {
  readonly id: MessageId;
  readonly tenantId: TenantId;
  readonly medium: Medium;
  /** E.164 number or e-mail address. */
  readonly recipient: string;
  readonly subject: string | null;
  readonly body: string;
  readonly linkId: LinkId | null;
  readonly status: MessageStatus;
  readonly createdAt: Date;
}

/**
 * `queued` until a channel takes it up, `sending` while it does, then `sent`, `failed`, or `unknown` where the channel
 * may or may not have taken it. A message is never handed over twice: rather lost than doubled.
 */
export type MessageStatus = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown';

export interface NewMessage extends Omit<Message, 'id' | 'status'> {
  /** Names the request and the medium: the same request never makes a second message. */
  readonly requestKey: string;
}
