import type { Core } from '#core/core.ts';
import { claimMessages } from '#core/messages/claim-messages.ts';
import type { Message } from '#core/messages/message.ts';
import { recordSending, type Sending } from '#core/messages/record-sending.ts';
import { readTenant } from '#core/tenants/read-tenant.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import type { Medium, Sender, SendOutcome } from '#kit/channel.ts';
import type { TenantId } from '#kit/ids.ts';

export interface MessageMeans {
  /** The channel that carries this medium for this tenant; undefined where none is set up. */
  readonly senderFor: (tenant: Tenant, medium: Medium) => (Sender & { readonly name: string }) | undefined;
}

/** Hands waiting messages to their channels, each once. Answers how many it took up. */
export async function sendMessages(
  core: Core,
  means: MessageMeans,
  limit: number,
  tenantId?: TenantId,
): Promise<number> {
  const messages = await claimMessages(core, limit, tenantId);
  await Promise.all(
    messages.filter((message) => message.status === 'sending').map((message) => send(core, means, message)),
  );
  return messages.length;
}

async function send(core: Core, means: MessageMeans, message: Message): Promise<void> {
  const tenant = await readTenant(core, message.tenantId);
  const sender = means.senderFor(tenant, message.medium);
  if (sender === undefined) {
    await recordSending(core, message, {
      status: 'failed',
      channel: 'none',
      detail: `no ${message.medium} channel is set up`,
    });
    return;
  }
  const { id, medium, recipient, subject, body } = message;
  const outcome = await sender.send({ id, medium, recipient, subject, body });
  await recordSending(core, message, { channel: sender.name, ...toSending(outcome) });
}

function toSending(outcome: SendOutcome): Omit<Sending, 'channel'> {
  switch (outcome.kind) {
    case 'accepted':
      return {
        status: 'sent',
        providerReference: outcome.providerReference,
        delivered: outcome.delivered ?? false,
      };
    case 'rejected':
      return { status: 'failed', detail: outcome.reason };
    case 'unknown':
      return { status: 'unknown', detail: outcome.detail };
  }
}
