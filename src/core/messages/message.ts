import type { Medium } from '#kit/channel.ts';
import type { LinkId, MessageId, TenantId } from '#kit/ids.ts';
import type { SmsStatus } from '../links/link.ts';

/** One SMS or e-mail to one person. */
export interface Message {
  readonly id: MessageId;
  readonly tenantId: TenantId;
  readonly medium: Medium;
  readonly kind: MessageKind;
  /** E.164 number or e-mail address. */
  readonly recipient: string;
  readonly subject: string | null;
  readonly body: string;
  /** Where its reader turns reminders off. */
  readonly optOutUrl: string | null;
  readonly linkId: LinkId | null;
  readonly status: MessageStatus;
  readonly delivery: Delivery | null;
  /** How often it was handed over and turned away for the time being. */
  readonly attempts: number;
  readonly createdAt: Date;
}

/**
 * Asked for by the tenant each time, or sent by us: at the tenant's standing wish, as a one-time code the payer asked for,
 * or because the payer has to know.
 */
export type MessageKind = 'invitation' | 'reminder' | 'code' | 'notice';

/**
 * `queued` until a channel takes it up, `sending` while it does, then `sent`, `failed`, or `unknown` where the channel
 * may or may not have taken it. A message is never handed over twice once it may have been taken: rather lost than
 * doubled. What was surely not taken, and may be later, is `queued` again.
 */
export type MessageStatus = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown';

/** What the network reported of a message that was handed over. */
export type Delivery = 'delivered' | 'failed';

export interface NewMessage extends Omit<Message, 'id' | 'status' | 'delivery' | 'attempts'> {
  /** Names the request and the medium: the same request never makes a second message. */
  readonly requestKey: string;
}

const smsStatuses = {
  queued: 'created',
  sending: 'created',
  sent: 'pending',
  failed: 'failed',
  // It may be on its way: told as such until a report says more.
  unknown: 'pending',
} as const satisfies Record<MessageStatus, SmsStatus>;

/** What a link says of its SMS. The network's word counts for more than ours. */
export function smsStatusOf({ status, delivery }: Pick<Message, 'status' | 'delivery'>): SmsStatus {
  return delivery ?? smsStatuses[status];
}
