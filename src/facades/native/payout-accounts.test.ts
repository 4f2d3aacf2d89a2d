import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TenantId } from '#kit/ids.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Bank, openBank } from '#test/support/bank.ts';
import { achOrder } from '#test/support/optum-client.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';

let app: TestApp;
let payer: Bank;
let stranger: Bank;
/** What `/demo.json` tells a client of the Issue API. */
let entry: Json;
let tenantId: TenantId;
before(async () => {
  app = await startTestApp();
  payer = openBank(app);
  stranger = openBank(app, 1);
  const [first] = app.tenants;
  assert.ok(first);
  entry = first.entries.optum;
  tenantId = first.tenant.id;
});
after(() => app.stop());

/** An account of a bank that nobody else in the demo has, so that its simulator tells the checks apart. */
const setup = (replaced: Json = {}): Json => ({
  fundingType: 'PreFundedSameDay',
  hold: false,
  approval: { makerMayRelease: true, tiers: [] },
  payer: { name: 'EVERY HEALTH TPA', tin: '123456789' },
  bankName: 'FIRST EXAMPLE BANK',
  routingNumber: '121042882',
  gatewayUrl: app.simulatorUrl,
  offset: false,
  bankAccountNumber: '00112233',
  ...replaced,
});

const open = (id: string, replaced: Json = {}) =>
  payer.native('POST', '/payout-accounts', { id, firstCheck: 700_001, ...setup(replaced) });

const fund = (id: string, amount: number, bankReference: string = crypto.randomUUID()) =>
  payer.native('POST', `/payout-accounts/${id}/fundings`, { bankReference, amount });

/** A client of the Issue API for an account, by the routes a payer has: its headers. */
async function openClient(account: string): Promise<{ headers: Record<string, string>; base: string }> {
  const made = await payer.native('POST', '/credentials', { facade: 'optum', account });
  assert.equal(made.status, 201, made.text);
  const answer = await fetch(entry.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: made.body.lookup,
      client_secret: made.body.secret,
    }),
  });
  const token = (await answer.json()) as Json;
  assert.equal(answer.status, 200, JSON.stringify(token));
  return { base: entry.base, headers: { authorization: `Bearer ${token.access_token}` } };
}

describe('an account to pay out of', () => {
  it('is opened, funded and paid from by routes alone', async () => {
    const opened = await open('plan-a');
    assert.equal(opened.status, 201, opened.text);
    assert.equal(opened.body.bankAccountLast4, '2233');
    assert.deepEqual(opened.body.balance, { atBank: 0, available: 0, promised: 0 });
    assert.doesNotMatch(opened.text, /00112233/, 'the number is not told again');
    const funded = await fund('plan-a', 25_000);
    assert.equal(funded.status, 201, funded.text);
    assert.deepEqual(funded.body.balance, { atBank: 25_000, available: 25_000, promised: 0 });

    const client = await openClient('plan-a');
    const ordered = await sendJson(`${client.base}/payments`, 'POST', client.headers, achOrder());
    assert.equal(ordered.status, 201, ordered.text);
    await app.app.core.work.drain(tenantId);
    const { body } = await payer.native('GET', '/payout-accounts/plan-a');
    assert.deepEqual(body.balance, { atBank: 25_000, available: 15_000, promised: 10_000 });
    const beyond = await sendJson(`${client.base}/payments`, 'POST', client.headers, {
      ...achOrder(),
      amount: 15_001,
    });
    await app.app.core.work.drain(tenantId);
    const failed = await sendJson(`${client.base}/payments/${beyond.body.paymentId}`, 'GET', client.headers);
    assert.equal(failed.body.status, 'Failed', 'nothing is promised that is not there');
    assert.deepEqual(await payer.breaches(), []);
  });

  it('is funded once by one transfer, however often the bank tells of it', async () => {
    await open('plan-b');
    const reference = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => fund('plan-b', 500, reference)));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
    assert.equal((await fund('plan-b', 501, reference)).status, 409);
    const { body } = await payer.native('GET', '/payout-accounts/plan-b');
    assert.equal(body.balance.available, 500);
  });

  it('changes its settings and keeps its money', async () => {
    await open('plan-c');
    await fund('plan-c', 900);
    const settings = setup({ hold: true, fundingType: 'PostFunded' });
    const changed = await payer.native('PUT', '/payout-accounts/plan-c', settings);
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual([changed.body.hold, changed.body.balance.available], [true, 900]);
    const { data } = (await payer.native('GET', '/payout-accounts')).body;
    assert.ok(data.some(({ id, hold }: Json) => id === 'plan-c' && hold === true));
  });

  it('is not found by another tenant, which may have one of the same name', async () => {
    await open('plan-d');
    assert.equal((await stranger.native('GET', '/payout-accounts/plan-d')).status, 404);
    const unknown = await stranger.native('POST', '/payout-accounts/plan-d/fundings', {
      bankReference: 'x',
      amount: 1,
    });
    assert.equal(unknown.status, 404);
    assert.equal((await fund('nowhere', 1)).status, 404);
    assert.equal((await stranger.native('PUT', '/payout-accounts/plan-d', setup())).status, 404);
    assert.equal(
      (await stranger.native('POST', '/payout-accounts', { id: 'plan-d', ...setup() })).status,
      201,
    );
  });

  it('is opened once under one name, by whoever is first', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => open('plan-f')));
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409, 409, 409]);
  });

  it('is refused, and told why, where a field cannot be', async () => {
    const wrong: [field: string, replaced: Json][] = [
      ['routingNumber', { routingNumber: '121042883' }],
      ['fundingType', { fundingType: 'Sometimes' }],
      ['gatewayUrl', { gatewayUrl: 'nowhere' }],
      ['bankAccountNumber', { bankAccountNumber: '' }],
      ['payer.tin', { payer: { name: 'X', tin: '12' } }],
      ['colour', { colour: 'red' }],
    ];
    for (const [field, replaced] of wrong) {
      const { status, body, text } = await open('plan-e', replaced);
      assert.equal(status, 422, `${field}: ${text}`);
      assert.ok(JSON.stringify(body.errors).includes(field), `${field}: ${text}`);
    }
    assert.equal((await payer.native('GET', '/payout-accounts/plan-e')).status, 404);
    assert.equal((await fund('plan-e', 0)).status, 422);
  });
});
