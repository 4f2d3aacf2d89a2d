import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { provetClient } from '#test/support/provet-client.ts';
import { runAudit } from './run-audit.ts';

let app: TestApp;
before(async () => {
  app = await startTestApp();
});
after(() => app.stop());

it('a charge whose posting is somebody else’s is told from both sides, and nothing is told before', async () => {
  const clinic = provetClient(app);
  await clinic.charge(await clinic.keepCard());
  const { core } = app.app;
  const rowsOf = async () =>
    (await runAudit({ database: core.database, clock: core.clock })).checks.find(({ id }) => id === 'I6')
      ?.rows;
  assert.equal(await rowsOf(), 0);
  await core.database.transaction((transaction) =>
    transaction.execute(
      `set local session_replication_role = replica;
       update ledger_transactions set reference = 'charge:' || gen_random_uuid() where kind = 'charge'`,
    ),
  );
  assert.equal(await rowsOf(), 2);
});
