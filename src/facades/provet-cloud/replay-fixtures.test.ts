/** Replays `fixtures/`: the published samples, equal in keys, their order, types and formats (`test/support/replay.ts`). */
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openPractice, type Practice } from '#test/support/provet-cloud.ts';
import { readConversations, replay } from '#test/support/replay.ts';

let app: TestApp;
let practice: Practice;
before(async () => {
  app = await startTestApp();
  practice = openPractice(app);
});
after(() => app.stop());

const kinds = {
  id: 'whole number',
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}[+-]\d{2}:\d{2}$/,
  expiration: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  page: /^http:\/\/localhost:\d+\/pay\/[\w-]{32}$/,
  paymentMethod: /^http:\/\/localhost:\d+\/\w+\/api\/0\.1\/paymentmethod\/\d+\/$/,
  unallocatedPayment: /^http:\/\/localhost:\d+\/\w+\/api\/0\.1\/unallocatedpayment\/\d+\/$/,
} as const;

describe('a practice system', () => {
  for (const conversation of readConversations(new URL('./fixtures/', import.meta.url)))
    it(`${conversation.about} (${conversation.file})`, () => {
      const { user, department, invoice, practiceClientId } = practice.entry;
      const departmentId = Number(/(\d+)\/$/.exec(department)?.[1]);
      const names = { user, department, invoice, clientId: practiceClientId, departmentId };
      return replay(conversation, { call: practice.call, inOrder: true, names, kinds });
    });
});
