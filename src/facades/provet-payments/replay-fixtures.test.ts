/** Replays `fixtures/`: conversations as a clinic's software has them, as `test/support/replay.ts` reads them. */
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { payOnPage } from '#test/support/ping-client.ts';
import { type ProvetClient, provetClient } from '#test/support/provet-client.ts';
import { type Happening, readConversations, replay } from '#test/support/replay.ts';

let app: TestApp;
let provet: ProvetClient;
before(async () => {
  app = await startTestApp();
  provet = provetClient(app);
});
after(() => app.stop());

const kinds = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  page: /^http:\/\/localhost:\d+\/pxmi3\/[0-9a-f]+$/,
};

const happen = (happening: Happening) =>
  'clock' in happening
    ? provet.advance({ by: happening.clock })
    : payOnPage(happening.payer.page, happening.payer.card, 'pay', happening.payer.holder);

/** Turns the clock to the next noon: what happens then is of that day in the merchant's zone, too. */
async function comeNoon(): Promise<string> {
  const now = await provet.advance({ by: 'PT0S' });
  const day = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  await provet.advance({ to: `${day}T12:00:00Z` });
  return day;
}

describe('a clinic’s software', () => {
  for (const conversation of readConversations(new URL('./fixtures/', import.meta.url)))
    it(`${conversation.about} (${conversation.file})`, async () => {
      const today = await comeNoon();
      await replay(conversation, { call: provet.call, happen, names: { today }, kinds });
    });
});
