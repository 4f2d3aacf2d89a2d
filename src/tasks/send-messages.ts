import type { Core } from '#core/core.ts';
import { claimMessages } from '#core/messages/claim-messages.ts';
import type { Message } from '#core/messages/message.ts';
import { recordSending, type Sending } from '#core/messages/record-sending.ts';
import { readTenant } from '#core/tenants/read-tenant.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import type { Medium, OutgoingMessage, Sender, SendOutcome } from '#kit/channel.ts';
import type { TenantId } from '#kit/ids.ts';
import { reportUrl } from './read-reports.ts';

export type NamedSender = Sender & { readonly name: string };

export interface MessageMeans {
  /** The channel that carries this medium for this tenant; undefined where none is set up. */
  readonly senderFor: (tenant: Tenant, medium: Medium) => NamedSender | undefined;
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
  const outcome = await sender.send(toOutgoing(core, sender, message));
  await recordSending(core, message, { channel: sender.name, ...toSending(outcome) });
}

function toOutgoing(core: Core, sender: NamedSender, message: Message): OutgoingMessage {
  const { id, medium, recipient, subject, body, optOutUrl } = message;
  return {
    ...{ id, medium, recipient, subject, body },
    ...(optOutUrl === null ? {} : { optOutUrl }),
    ...(sender.readReport === undefined ? {} : { reportUrl: reportUrl(core, sender.name, message) }),
  };
}

function toSending(outcome: SendOutcome): Omit<Sending, 'channel'> {
  switch (outcome.kind) {
    case 'accepted':
      return {
        status: 'sent',
        providerReference: outcome.providerReference,
        ...(outcome.delivered === true ? { delivery: 'delivered' } : {}),
      };
    case 'rejected':
      return { status: 'failed', detail: outcome.reason };
    case 'deferred':
      return { status: 'queued', detail: outcome.reason };
    case 'unknown':
      return { status: 'unknown', detail: outcome.detail };
  }
}
