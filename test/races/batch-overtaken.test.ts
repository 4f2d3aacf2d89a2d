import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { after, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { advanceBatches } from '#core/payout-batches/advance-batches.ts';
import { startTestApp } from '#test/support/app.ts';
import { achOrder, newReference, optumClient } from '#test/support/optum-client.ts';
import { findPostgres } from './two-servers.ts';

const postgres = await findPostgres();

if (postgres === undefined) {
  test('that batches are not completed too soon needs PostgreSQL 15 or newer to be tested', () => {
    console.error('NOT RUN: there is no PostgreSQL on this machine. One connection hides every race.');
  });
} else {
  const app = await startTestApp({ server: postgres.url });
  after(async () => {
    await app.stop();
    await postgres.stop();
  });
  const { core } = app.app;
  const optum = optumClient(app);
  /** What others do meanwhile is not done in the transaction that is open here. */
  const outside = AsyncLocalStorage.snapshot();
  const gate = 4_711;

  const statusOf = async (): Promise<string | undefined> => {
    const rows = await core.database.query<{ status: string }>('select status from payout_batches');
    return rows[0]?.status;
  };

  /** Whoever looks at payouts from now on has seen what batches there are, and waits at the gate while it is shut. */
  const putGateBeforePayouts = () =>
    core.database.execute(`
      alter table payout_orders rename to all_payout_orders;
      create view payout_orders as
        select * from all_payout_orders where pg_advisory_xact_lock_shared(${gate}) is not null`);

  const untilSomebodyWaits = async (): Promise<void> => {
    for (;;) {
      const waiting = await core.database.query(
        "select 1 from pg_locks where locktype = 'advisory' and objid = $1 and not granted",
        [gate],
      );
      if (waiting.length > 0) return;
      await nextTurn();
    }
  };

  test('a batch that somebody moves on while another looks at it is not completed before its payments', async () => {
    const { body } = await optum.call('POST', '/payments/batch', { clientRequestId: newReference() });
    const path = `/payments/batch/${body.batchId}`;
    await optum.call('POST', `${path}/add`, { payments: [{ ...achOrder(), numberOfClaims: 0 }] });
    await optum.call('POST', `${path}/start`);
    await optum.settle();
    assert.equal(await statusOf(), 'processing');
    await core.database.query("update payout_batches set status = 'funding', version = version - 1");
    await putGateBeforePayouts();

    let looking: Promise<number | undefined> = Promise.resolve(undefined);
    await core.database.transaction(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock($1)', [gate]);
      looking = outside(advanceBatches, core);
      await outside(untilSomebodyWaits);
      await transaction.query("update payout_batches set status = 'processing', version = version + 1");
    });
    assert.equal(await looking, 0);
    assert.equal(await statusOf(), 'processing');
  });
}
