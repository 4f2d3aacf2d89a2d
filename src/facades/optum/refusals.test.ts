import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import {
  achOrder,
  newReference,
  type OptumClient,
  optumClient,
  remittedOrder,
} from '#test/support/optum-client.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';

let app: TestApp;
let optum: OptumClient;
before(async () => {
  app = await startTestApp();
  optum = optumClient(app);
});
after(() => app.stop());

const demoEntry = ({ tenants: [first] }: TestApp): Json => first?.entries.optum;

describe('a wrong order', () => {
  const refusals: readonly [string, Record<string, Json>, string, RegExp][] = [
    [
      'a routing number’s check digit',
      { payeeDetails: { name: 'X', bankAccount: { routingNumber: '231380105', accountNumber: '1' } } },
      'payeeDetails.bankAccount.routingNumber',
      /check digit/,
    ],
    [
      'an NPI’s check digit',
      { payeeDetails: { ...achOrder().payeeDetails, npi: '1234567890' } },
      'payeeDetails.npi',
      /check/,
    ],
    ['a fraction of a cent', { amount: 100.5 }, 'amount', /integer/],
    ['an amount in a text', { amount: '100' }, 'amount', /integer/],
    ['an amount beyond all', { amount: 1_000_000_000_001 }, 'amount', /<=/],
    ['a reference with a star', { issuerReferenceId: 'A*B' }, 'issuerReferenceId', /pattern/],
    ['an account that is not there', { accountId: 'nobody' }, 'accountId', /no such account/],
    [
      'a card nobody consented to',
      { paymentDetails: { deliveryMethod: 'VIRTUAL_CARD' } },
      'paymentDetails.deliveryMethod',
      /consented/,
    ],
    ['claims that are not there', { numberOfClaims: 2 }, 'numberOfClaims', /does not equal/],
  ];
  for (const [what, replaced, member, sentence] of refusals)
    it(`with ${what} is refused by that member’s name`, async () => {
      const { status, body } = await optum.call('POST', '/payments', { ...achOrder(), ...replaced });
      assert.equal(status, 400);
      assert.deepEqual(Object.keys(body.errors), [member], JSON.stringify(body));
      assert.match(body.errors[member][0], sentence);
      assert.ok(body.detail.startsWith(`${member}: `), body.detail);
      assert.match(body.traceId, /^[0-9a-f-]{36}$/);
    });

  it('whose claims do not balance is refused with the difference, in words and in cents', async () => {
    const { status, body } = await optum.call('POST', '/payments', { ...remittedOrder(), amount: 15_237 });
    assert.equal(status, 400);
    assert.equal(body.difference, 237);
    assert.equal(body.title, 'Claims do not balance');
    assert.equal(
      body.detail,
      'claims paid 160.00 less provider adjustments 10.00 is 150.00, but amount is 152.37: difference 2.37',
    );
    assert.deepEqual(body.errors, { amount: ['does not equal claims paid less provider adjustments'] });
    const order = remittedOrder();
    order.claimLevelInformation[0].paidAmount = 10_100;
    const claim = (await optum.call('POST', '/payments', order)).body;
    assert.equal(claim.difference, 100);
    assert.deepEqual(Object.keys(claim.errors), ['claimLevelInformation[0].paidAmount']);
  });

  it('with a number that JSON would alter in reading is refused, not altered', async () => {
    const base = app.tenants[0]?.entries.optum;
    assert.ok(base);
    for (const number of ['9007199254740993', '10000.00000000000000001', '1e400']) {
      const text = JSON.stringify({ ...achOrder(), amount: '@' }).replace('"@"', number);
      const answer = await fetch(`${base.base}/payments`, {
        method: 'POST',
        headers: { ...base.headers, 'content-type': 'application/json' },
        body: text,
      });
      assert.equal(answer.status, 400, number);
    }
  });
});

describe('access', () => {
  it('is given for an hour to a client that proves itself by form, by JSON or by Basic', async () => {
    const { tokenUrl, clientId, clientSecret, tenantId } = demoEntry(app);
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const form = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(fields), headers });
    const grant = { grant_type: 'client_credentials' };
    const secrets = { client_id: clientId, client_secret: clientSecret };
    const answers = [
      await form({ ...grant, ...secrets }),
      await form(grant, { authorization: basic }),
      await fetch(tokenUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...grant, ...secrets }),
      }),
    ];
    for (const answer of answers) {
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const token = (await answer.json()) as Json;
      assert.deepEqual([token.token_type, token.expires_in], ['Bearer', 3_600]);
      const headers = { authorization: `Bearer ${token.access_token}`, 'x-optum-tenant-id': tenantId };
      const url = `${app.url}/api/issue/v1/payments/${'0'.repeat(32)}`;
      assert.equal((await sendJson(url, 'GET', headers)).status, 404);
      const foreign = { ...headers, 'x-optum-tenant-id': crypto.randomUUID() };
      assert.equal((await sendJson(url, 'GET', foreign)).status, 403);
    }
    assert.equal((await form({ ...grant, ...secrets, client_secret: 'wrong' })).status, 401);
    assert.equal((await form({ grant_type: 'password', ...secrets })).status, 400);
    assert.equal((await form(secrets)).status, 400);
  });

  it('to another tenant’s payment is not found, as to one that is nobody’s', async () => {
    const other = optumClient(app, 'optum', 1);
    const paymentId = await optum.pay({ issuerReferenceId: newReference() });
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/details'],
      ['GET', '/documents/835-1'],
      ['POST', '/void'],
      ['POST', '/release'],
      ['POST', '/reissue'],
    ] as const) {
      const foreign = await other.call(method, `/payments/${paymentId}${path}`);
      const unknown = await other.call(method, `/payments/${'f'.repeat(32)}${path}`);
      assert.equal(foreign.status, 404);
      const { traceId: _one, ...told } = foreign.body;
      const { traceId: _two, ...same } = unknown.body;
      assert.deepEqual(told, same);
    }
  });
});
