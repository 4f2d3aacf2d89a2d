/** Replays `fixtures/`: conversations as a Ping client has them, as `test/support/replay.ts` reads them. */
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type PingClient, pingClient } from '#test/support/ping-client.ts';
import { readConversations, replay } from '#test/support/replay.ts';

let app: TestApp;
let ping: PingClient;
before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
});
after(() => app.stop());

const kinds = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
  address: /^http:\/\/localhost:\d+\/pay\/[\w-]{32}(\/receipt\.pdf|\/invoice\.pdf)?$/,
  ocr: /^\d{12}$/,
  sms: /^(CREATED|PENDING|DELIVERED)$/,
};

describe('a Ping client', () => {
  for (const conversation of readConversations(new URL('./fixtures/', import.meta.url)))
    it(`${conversation.about} (${conversation.file})`, () => {
      const [first] = app.tenants;
      const names = { merchant: first?.merchantId ?? '', tenant: first?.tenant.id ?? '' };
      return replay(conversation, { call: ping.call, names, kinds });
    });
});
