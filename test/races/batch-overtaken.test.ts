import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { test } from 'node:test';
import { advanceBatches } from '#core/payout-batches/advance-batches.ts';
import type { TestApp } from '#test/support/app.ts';
import { achOrder, newReference, optumClient } from '#test/support/optum-client.ts';
import { defineOnPostgres, untilItWaits } from './on-postgres.ts';

await defineOnPostgres('batches are not completed too soon', defineTests);

function defineTests(app: TestApp): void {
  const { core } = app.app;
  const optum = optumClient(app);
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
    const elsewhere = AsyncLocalStorage.snapshot();
    await core.database.transaction(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock($1)', [gate]);
      looking = elsewhere(advanceBatches, core);
      await untilItWaits(transaction, looking);
      await transaction.query("update payout_batches set status = 'processing', version = version + 1");
    });
    assert.equal(await looking, 0);
    assert.equal(await statusOf(), 'processing');
  });
}
