import type { Tenant } from '#core/tenants/tenant.ts';
import type { Channel, ChannelSettings, Medium } from '#kit/channel.ts';
import type { Network } from '#kit/connector.ts';
import { loadChannels } from '../messaging/load-channels.ts';
import type { MessageMeans, NamedSender } from './send-messages.ts';

/** Which channel carries a live tenant's messages of a medium, with its settings. */
export type ChannelChoice = Readonly<
  Partial<Record<Medium, { readonly channel: string; readonly settings: ChannelSettings }>>
>;

export interface Senders extends MessageMeans {
  /** The sender of live messages by this channel. */
  readonly named: (channel: string) => NamedSender | undefined;
}

/**
 * Opens the channels that were chosen. A test tenant's messages always go to the inbox, so that no test ever reaches a
 * person; a live tenant has no channel for a medium nobody chose one for.
 */
export async function openSenders(choice: ChannelChoice, network: Network): Promise<Senders> {
  const channels = await loadChannels();
  const inbox = openSender(channels, 'inbox', {}, network);
  const live = new Map(
    Object.entries(choice).map(([medium, { channel, settings }]) => [
      medium,
      openSender(channels, channel, settings, network),
    ]),
  );
  return {
    senderFor: (tenant: Tenant, medium: Medium) => (tenant.mode === 'test' ? inbox : live.get(medium)),
    named: (name) => [...live.values()].find((sender) => sender.name === name),
  };
}

function openSender(
  channels: ReadonlyMap<string, Channel>,
  name: string,
  settings: ChannelSettings,
  network: Network,
): NamedSender {
  const channel = channels.get(name);
  if (channel === undefined) throw new Error(`there is no message channel ${name}`);
  const sender = channel.open(settings, network);
  return { ...sender, name };
}
