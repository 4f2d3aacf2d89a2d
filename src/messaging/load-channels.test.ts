import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadChannels } from './load-channels.ts';

test('every folder is a channel under its own name', async () => {
  const channels = await loadChannels();
  assert.deepEqual([...channels.keys()].sort(), ['inbox', 'sms-46elks', 'sms-twilio', 'smtp']);
  for (const [name, channel] of channels) assert.equal(channel.name, name);
});

test('the inbox has whatever is sent to it', async () => {
  const inbox = (await loadChannels()).get('inbox');
  const sender = inbox?.open(
    {},
    { exchange: () => Promise.reject(new Error('no network')), timeoutMs: 1_000 },
  );
  const message = { id: 'm1', medium: 'sms', recipient: '+46700000000', subject: null, body: 'Hej' } as const;
  assert.deepEqual(await sender?.send(message), {
    kind: 'accepted',
    providerReference: 'm1',
    delivered: true,
  });
});
