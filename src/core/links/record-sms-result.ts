import type { Transaction } from '#db/database.ts';
import type { LinkId, MessageId, TenantId } from '#kit/ids.ts';
import type { SmsStatus } from './link.ts';
import { updateSmsStatus } from './store.ts';

/** Keeps on the link what is known of its latest SMS; news of an earlier one, or of an e-mail, changes nothing there. */
export async function recordSmsResult(
  transaction: Transaction,
  message: {
    readonly id: MessageId;
    readonly tenantId: TenantId;
    readonly medium: string;
    readonly linkId: LinkId | null;
  },
  status: SmsStatus,
): Promise<void> {
  if (message.linkId === null || message.medium !== 'sms') return;
  await updateSmsStatus(transaction, message.tenantId, message.linkId, { messageId: message.id, status });
}
