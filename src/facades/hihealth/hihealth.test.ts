/** The documented calls as a shop makes them: the seed's samples, their answers, tokens and refusals. */
import assert from 'node:assert/strict';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import axios from 'axios';
import { compactVerify, importJWK, jwtVerify } from 'jose';
import { rotateSigningKeys } from '#core/signing-keys/rotate-signing-keys.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type HihealthClient, hihealthClient, sampleBody, samplePdf } from '#test/support/hihealth-client.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';

let app: TestApp;
let shop: HihealthClient;
before(async () => {
  app = await startTestApp();
  shop = hihealthClient(app);
});
after(() => app.stop());

const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

describe('the signing keys', () => {
  it('are made at the first start, once, however many servers start together', async () => {
    const { core } = app.app;
    await Promise.all([rotateSigningKeys(core), rotateSigningKeys(core)]);
    assert.equal(await rotateSigningKeys(core), 0);
    const keys = await core.database.query('select purpose from signing_keys order by purpose');
    assert.deepEqual(keys, [{ purpose: 'claim-callback' }, { purpose: 'claim-token' }]);
  });
});

describe('the seed’s samples', () => {
  it('are answered as they are printed, id, token and dates aside, keys in their order', async () => {
    const config = { headers: { ...shop.headers, 'Content-Type': 'application/json' } };
    const { status, data } = await axios.post(`${shop.base}/payments`, sampleBody, config);
    assert.equal(status, 201);
    const { id, token, createdAt, ...rest } = data;
    assert.match(id, ulid);
    assert.equal(typeof token, 'string');
    assert.equal(new Date(createdAt).toISOString(), createdAt);
    const printed = {
      amount: 10,
      currency: 'EUR',
      customerInformation: {},
      merchantReference: null,
      merchantUrls: {
        callback: 'https://api.exampleshop.com/callback',
        cancelRedirect: 'https://exampleshop.com/cancel',
        failureRedirect: 'https://exampleshop.com/failure',
        successRedirect: 'https://exampleshop.com/success',
      },
      amountDetails: { tax: 0, shipping: 0, subtotal: 10 },
      prescriptionRequired: false,
      status: 'INITIAL',
      updatedAt: null,
    };
    assert.equal(JSON.stringify(rest), JSON.stringify(printed));
    assert.deepEqual(Object.keys(data).slice(0, 5), [
      'amount',
      'currency',
      'createdAt',
      'customerInformation',
      'id',
    ]);
    assert.equal(Object.keys(data).at(-1), 'token');
    const fetched = await axios.get(`${shop.base}/payments/${id}`, { headers: shop.headers });
    const { token: _, ...withoutToken } = data;
    assert.equal(JSON.stringify(fetched.data), JSON.stringify(withoutToken));
    const document = { headers: { ...shop.headers, 'Content-Type': 'application/pdf' } };
    const uploaded = await axios.post(
      `${shop.base}/payments/${id}/invoice`,
      Buffer.from(samplePdf),
      document,
    );
    assert.deepEqual([uploaded.status, uploaded.data.id], [201, id]);
  });

  it('keep the printed amounts, which do not add up', async () => {
    const { body } = await shop.create({
      amount: { total: 20.01, currency: 'eur', tax: 2, shipping: 10, subtotal: 30.01 },
    });
    assert.equal(body.amount, 20.01);
    assert.deepEqual(body.amountDetails, { tax: 2, shipping: 10, subtotal: 30.01 });
  });

  it('take the breakdown in each of its three places', async () => {
    const details = { tax: 0.1, shipping: 0.2, subtotal: 9.7 };
    for (const replaced of [
      { amount: { total: 10, currency: 'EUR', ...details } },
      { amount: { total: 10, currency: 'EUR', details } },
      { amountDetails: details },
    ])
      assert.deepEqual((await shop.create(replaced)).body.amountDetails, details);
  });
});

describe('a token', () => {
  it('says what the seed’s says, in its order, and an independent library finds its signature good', async () => {
    const { token, body } = await shop.create({
      amount: { total: 20.01, currency: 'EUR', tax: 2, shipping: 10, subtotal: 30.01 },
    });
    const [head = '', payload = ''] = token
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    assert.equal(head, '{"alg":"ES512","typ":"JWT"}');
    const { cancelRedirect, failureRedirect, successRedirect } = body.merchantUrls;
    const issuedAt = Date.parse(body.createdAt);
    const claims = {
      amount: 2001,
      currency: 'EUR',
      id: body.id,
      merchantUrls: { failureRedirect, successRedirect, cancelRedirect },
      amountDetails: { tax: 200, shipping: 1000, subtotal: 3001 },
      prescriptionRequired: false,
      status: 'INITIAL',
      iat: issuedAt,
      exp: issuedAt + 7_200_000,
      iss: 'https://hi.health',
    };
    assert.equal(payload, JSON.stringify(claims));
    const { keys } = (await shop.call('GET', '/.well-known/jwks.json')).body;
    const verified = await compactVerify(token, await importJWK(keys[0], 'ES512'));
    assert.equal(Buffer.from(verified.payload).toString(), payload);
    // The library counts seconds; the token says milliseconds, and so is the time that it is told.
    const checkAt = async (ms: number) =>
      jwtVerify(token, await importJWK(keys[0], 'ES512'), {
        issuer: 'https://hi.health',
        currentDate: new Date(ms * 1_000),
      });
    assert.equal((await checkAt(issuedAt)).payload.id, body.id);
    await assert.rejects(checkAt(issuedAt + 7_200_000), /exp/);
  });

  it('opens the checkout only unchanged: not with another header, payload, signature, or none', async () => {
    const { token } = await shop.create();
    const other = await shop.create();
    const [head = '', payload = '', signature = ''] = token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const wrong = [
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${head}.${payload}.${flipped}`,
      `${head}.${other.token.split('.')[1]}.${signature}`,
      `${head}.${payload}`,
      'x',
      '',
    ];
    const statuses = await Promise.all(wrong.map(async (one) => (await shop.visit(one).open()).status));
    assert.deepEqual(new Set(statuses), new Set([404]));
    assert.equal((await shop.visit(token).open()).status, 200);
  });
});

describe('what is wrong', () => {
  const refused: readonly (readonly [what: string, replaced: Json, property: string])[] = [
    ['an amount as text', { amount: { total: '10', currency: 'EUR' } }, 'amount.total'],
    ['three decimals', { amount: { total: 10.001, currency: 'EUR' } }, 'amount.total'],
    ['nothing to pay', { amount: { total: 0, currency: 'EUR' } }, 'amount.total'],
    ['less than nothing', { amount: { total: -1, currency: 'EUR' } }, 'amount.total'],
    ['too much', { amount: { total: 1e12, currency: 'EUR' } }, 'amount.total'],
    ['another currency', { amount: { total: 10, currency: 'SEK' } }, 'amount.currency'],
    ['a negative tax', { amount: { total: 10, currency: 'EUR', tax: -0.01 } }, 'amount.tax'],
    ['a reference of 41 characters', { merchantReference: 'x'.repeat(41) }, 'merchantReference'],
    ['a misspelt mode', { cardCaptureMode: 'manual' }, 'cardCaptureMode'],
    ['a misspelt property', { cardCapturMode: 'MANUAL' }, 'cardCapturMode'],
    [
      'a callback into the network',
      { merchantUrls: { ...sampleBody.merchantUrls, callback: 'http://10.0.0.1/' } },
      'merchantUrls.callback',
    ],
    [
      'a redirect that is a script',
      { merchantUrls: { ...sampleBody.merchantUrls, successRedirect: 'javascript:alert(1)' } },
      'merchantUrls.successRedirect',
    ],
    [
      'a redirect no header can carry',
      { merchantUrls: { ...sampleBody.merchantUrls, cancelRedirect: 'https://exämple.com/' } },
      'merchantUrls.cancelRedirect',
    ],
  ];
  for (const [what, replaced, property] of refused)
    it(`is 400 and named: ${what}`, async () => {
      const { status, body } = await shop.call('POST', '/payments', { ...sampleBody, ...replaced });
      assert.equal(status, 400);
      assert.deepEqual(Object.keys(body), ['statusCode', 'error', 'message']);
      assert.ok(body.message.includes(property), body.message);
    });

  it('is the same 404 for an unknown id, another tenant’s, and what is no id', async () => {
    const { id } = await shop.create();
    const other = hihealthClient(app, 1);
    const answers = await Promise.all(
      [id, '01F8VPPRANKR4418TWW97QQGEH', 'nonsense'].flatMap((one) => [
        other.call('GET', `/payments/${one}`),
        other.call('POST', `/payments/${one}/capture`),
        other.call('POST', `/payments/${one}/cancel`),
        other.upload(`/payments/${one}/invoice`, samplePdf),
      ]),
    );
    assert.deepEqual(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1);
    assert.equal(answers[0]?.status, 404);
  });

  it('is 409 to capture or cancel what is not held', async () => {
    const { id } = await shop.create({ cardCaptureMode: 'MANUAL' });
    for (const action of ['capture', 'cancel'])
      assert.equal((await shop.call('POST', `/payments/${id}/${action}`)).status, 409);
    assert.equal(await shop.statusOf(id), 'INITIAL');
  });
});

describe('without a key', () => {
  const keyless = (body: Json) => hihealthClient(app).call('POST', '/payments', body, { 'x-api-key': '' });
  const bare = async (body: Json) => {
    const response = await fetch(`${shop.base}/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Json };
  };
  const merchantUrls = { ...sampleBody.merchantUrls, callback: undefined };

  it('a merchant’s id makes a payment of its tenant’s, for the hosts it has registered', async () => {
    const merchantId = app.tenants[0]?.merchantId;
    const { status, body } = await bare({ ...sampleBody, merchantUrls, merchantId });
    assert.equal(status, 201);
    assert.equal(await shop.statusOf(body.id), 'INITIAL');
    const elsewhere = { ...merchantUrls, successRedirect: 'https://evil.example/' };
    assert.equal((await bare({ ...sampleBody, merchantUrls: elsewhere, merchantId })).status, 400);
    const keylessHosts = app.tenants[0]?.tenant.settings.keylessHosts;
    const setHosts = (hosts: unknown) =>
      sendJson(`${app.url}/v1/tenant`, 'PATCH', app.native(), { keylessHosts: hosts });
    assert.deepEqual((await setHosts([])).body.keylessHosts, []);
    assert.notEqual((await bare({ ...sampleBody, merchantUrls, merchantId })).status, 201);
    assert.equal((await setHosts(['https://exampleshop.com/'])).status, 422);
    assert.deepEqual((await setHosts(keylessHosts)).body.keylessHosts, keylessHosts);
  });

  it('nothing else is made or read, and a key that is wrong is not made up for by an id', async () => {
    const merchantId = app.tenants[0]?.merchantId;
    for (const wrong of [undefined, 'nonsense', '00000000-0000-4000-8000-000000000000', 7])
      assert.ok([400, 401].includes((await bare({ ...sampleBody, merchantId: wrong })).status));
    assert.equal((await keyless({ ...sampleBody, merchantUrls, merchantId })).status, 401);
    const { id } = await shop.create();
    assert.equal((await fetch(`${shop.base}/payments/${id}`)).status, 401);
  });
});

describe('the callback certificate', () => {
  it('is one that an independent reader takes, signed by its own key', async () => {
    const pem = await (await fetch(`${shop.base}/.well-known/callback-certificate.pem`)).text();
    const certificate = new X509Certificate(pem);
    assert.ok(certificate.verify(certificate.publicKey));
    assert.equal(certificate.ca, false);
    assert.equal(createPublicKey(pem).asymmetricKeyType, 'rsa');
  });
});
