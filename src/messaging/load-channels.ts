import { readdir } from 'node:fs/promises';
import type { Channel } from '#kit/channel.ts';

/** Every channel there is, by name: one for each folder beside this file. */
export async function loadChannels(): Promise<ReadonlyMap<string, Channel>> {
  const entries = await readdir(new URL('.', import.meta.url), { withFileTypes: true });
  const channels = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map(({ name }) => loadChannel(name)),
  );
  return new Map(channels.map((channel) => [channel.name, channel]));
}

async function loadChannel(folder: string): Promise<Channel> {
  const { channel } = (await import(`./${folder}/index.ts`)) as { channel: Channel };
  return channel;
}
