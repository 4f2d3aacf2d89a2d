/** A change of the master key, seen by those whose secrets it seals: callers, payers, and whoever starts the server. */
import assert from 'node:assert/strict';
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import type { Database } from '#db/database.ts';
import { deriveKey, keyIdOf } from '#kit/secrets.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type CallbackReceiver, startCallbackReceiver } from '#test/support/callback-receiver.ts';
import { type HihealthClient, hihealthClient, sampleBody, samplePdf } from '#test/support/hihealth-client.ts';
import { sendJson } from '#test/support/ping-client.ts';
import { type ProvetClient, provetClient } from '#test/support/provet-client.ts';
import { type App, createApp } from '../../app.ts';
import { demoMasterKey, readConfig } from '../../config.ts';
import { wallClock } from '../../kit/clock.ts';
import { randomIds } from '../../kit/ids.ts';
import { openNetwork } from '../../network.ts';
import { openPepper } from './open-pepper.ts';
import { type Resealed, resealSecrets } from './reseal-secrets.ts';
import { pepperColumn, sealedColumns } from './sealed-columns.ts';

const newKey = randomBytes(32);

let app: TestApp;
/** Whichever server has the port just now. */
let serving: App;
let shop: HihealthClient;
let clinic: ProvetClient;
let receiver: CallbackReceiver;
before(async () => {
  [app, receiver] = await Promise.all([startTestApp(), startCallbackReceiver()]);
  receiver.answer(200);
  serving = app.app;
  shop = hihealthClient(app);
  clinic = provetClient(app);
});
after(async () => {
  await serving.stop();
  await app.stop();
  await receiver.close();
});

const database = () => app.app.core.database;

/** Ends the server, and starts one with these master keys at the same address and on the same database. */
async function restart(...masterKeys: readonly Buffer[]): Promise<void> {
  const [first, ...others] = masterKeys.map((key) => key.toString('base64'));
  await serving.stop();
  const { port } = new URL(app.url);
  serving = await createApp({
    config: readConfig('demo', {
      PORT: port,
      LOG_LEVEL: 'silent',
      QUITTANCE_MASTER_KEY: first,
      QUITTANCE_OTHER_MASTER_KEYS: others.join(','),
    }),
    database: database(),
    clock: wallClock,
    ids: randomIds,
    log: pino({ level: 'silent' }),
    network: openNetwork(5_000),
    maxEventLoopDelayMs: 0,
  });
  await serving.server.listen({ port: Number(port), host: 'localhost' });
}

const sum = (done: readonly Resealed[], what: 'resealed' | 'unopened') =>
  done.reduce((total, one) => total + one[what], 0);

/** How many values each key seals, by the id of the key. */
async function countByKey(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, column } of [...sealedColumns, pepperColumn]) {
    const rows = await database().query<{ id: string; count: bigint }>(
      `select split_part(${column}, '.', 1) as id, count(*) as count from ${table} where ${column} is not null group by 1`,
    );
    for (const { id, count } of rows) counts[id] = (counts[id] ?? 0) + Number(count);
  }
  return counts;
}

/** The database, where `transaction` does what a test wants to happen beside it. */
function withTransactions(real: Database, transaction: Database['transaction']): Database {
  return { ...real, query: real.query.bind(real), transaction };
}

describe('a change of the master key', () => {
  it('goes unnoticed by callers, payers and cards: the new key alone opens all that the old one sealed', async () => {
    const kept = await clinic.keepCard();
    const merchantUrls = { ...sampleBody.merchantUrls, callback: `${receiver.url}/changed` };
    const paid = await shop.create({ merchantUrls });
    const payer = shop.visit(paid.token);
    await payer.claim();
    await payer.pay();
    assert.equal((await shop.upload(`/payments/${paid.id}/document/OTHER`, samplePdf)).status, 201);
    const open = await shop.create();
    const certificate = await (await fetch(`${shop.base}/.well-known/callback-certificate.pem`)).text();
    const before = await countByKey();
    assert.deepEqual(Object.keys(before), [keyIdOf(demoMasterKey)]);

    await restart(newKey, demoMasterKey);
    const done = await resealSecrets(serving.core);
    assert.deepEqual([sum(done, 'resealed'), sum(done, 'unopened')], [before[keyIdOf(demoMasterKey)], 0]);
    await restart(newKey);
    assert.deepEqual(Object.keys(await countByKey()), [keyIdOf(newKey)]);

    assert.equal((await clinic.charge(kept)).Success, true);
    assert.equal((await shop.visit(open.token).open()).status, 200);
    assert.equal((await shop.upload(`/payments/${paid.id}/invoice`, samplePdf)).body.status, 'SETTLED');
    const [told] = (await receiver.waitFor('/changed', 4)).slice(-1);
    const signature = Buffer.from(String(told?.headers['hi-api-signature']), 'base64');
    assert.ok(verify('sha256', Buffer.from(told?.body ?? ''), createPublicKey(certificate), signature));
    const claim = await sendJson(`${app.url}/v1/claims/${paid.id}`, 'GET', app.native());
    const [document] = claim.body.documents;
    const file = await fetch(`${app.url}/v1/claims/${paid.id}/documents/${document.id}`, {
      headers: app.native(),
    });
    assert.equal(await file.text(), samplePdf);
  });

  it('that is not followed by its tellers stops the start with one sentence, and loses nothing', async () => {
    for (const wrong of [randomBytes(32), demoMasterKey])
      await assert.rejects(restart(wrong), {
        message: /^QUITTANCE_MASTER_KEY is not the key this store was filled under: [^\n]+\.$/,
      });
    await restart(newKey);
    assert.equal((await sendJson(`${app.url}/v1/tenant`, 'GET', app.native())).status, 200);
  });

  it('may be broken off anywhere and done again', async () => {
    await restart(demoMasterKey, newKey);
    const { core } = serving;
    let batches = 0;
    const breaking = withTransactions(core.database, async (work) => {
      batches += 1;
      if (batches === 3) throw new Error('broken off');
      return core.database.transaction(work);
    });
    await assert.rejects(resealSecrets({ ...core, database: breaking }), /broken off/);
    assert.equal(Object.keys(await countByKey()).length, 2);
    await resealSecrets(core);
    assert.deepEqual(Object.keys(await countByKey()), [keyIdOf(demoMasterKey)]);
  });

  it('writes nothing over what is written meanwhile, and leaves the pepper where something does not open', async () => {
    await restart(newKey, demoMasterKey);
    const { core } = serving;
    const columnOf = 'select account_sealed as sealed from connector_accounts where connector = $1';
    const accounts = () => core.database.query<{ sealed: string }>(columnOf, ['windcave']);
    const [{ sealed } = { sealed: '' }] = await accounts();
    const meanwhile = `${sealed}AAAA`;
    const set = `update connector_accounts set account_sealed = $1 where connector = 'windcave'`;
    const racing = withTransactions(core.database, (work) =>
      core.database.transaction((transaction) => {
        const query: typeof transaction.query = async (sql, parameters) => {
          if (sql.startsWith('update connector_accounts')) await transaction.query(set, [meanwhile]);
          return transaction.query(sql, parameters);
        };
        return work({ ...transaction, execute: transaction.execute.bind(transaction), query });
      }),
    );
    await resealSecrets({ ...core, database: racing });
    for (const account of await accounts()) assert.equal(account.sealed, meanwhile);
    const done = await resealSecrets(core);
    assert.equal(sum(done, 'unopened'), (await accounts()).length);
    assert.ok(!done.some(({ name }) => name.startsWith(pepperColumn.table)));
  });
});

describe('the pepper', () => {
  it('of a store from before it had one is what its credentials were digested under', async () => {
    await restart(newKey, demoMasterKey);
    await database().query('delete from installation_secrets');
    const means = { ...serving.core, database: database() };
    assert.equal(await openPepper(means, [randomBytes(32)]), undefined);
    const pepper = await openPepper(means, [demoMasterKey, newKey]);
    assert.deepEqual(pepper, deriveKey(newKey, 'credentials'));
  });
});
