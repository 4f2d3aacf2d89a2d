import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import {
  achOrder,
  checkOrder,
  type OptumClient,
  optumClient,
  remittedOrder,
} from '#test/support/optum-client.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';

let app: TestApp;
let optum: OptumClient;
let hold: OptumClient;
before(async () => {
  app = await startTestApp();
  optum = optumClient(app);
  hold = optumClient(app, 'optumHold');
});
after(() => app.stop());

const simulate = (path: string, body?: unknown) =>
  sendJson(`${app.simulatorUrl}/rails${path}`, 'POST', {}, body);

/** Turns the clock until the payment's file is with the bank. */
async function send(paymentId: string): Promise<Json> {
  await optum.settle();
  await optum.turn({ by: 'P10D' });
  return optum.details(paymentId);
}

/** Orders a check and waits until its bank knows of it. */
async function sendCheck(): Promise<{ paymentId: string; details: Json }> {
  const paymentId = await optum.pay(checkOrder());
  for (let look = 0; look < 50; look += 1) {
    await optum.settle();
    const details = await optum.details(paymentId);
    if (details.status === 'Sent') return { paymentId, details };
  }
  return assert.fail(`${paymentId} was not sent`);
}

/** The tables in which some row says it, in plain. */
async function tablesThatSay(pattern: string): Promise<string[]> {
  const { database } = app.app.core;
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const saying: string[] = [];
  for (const { name } of tables) {
    const rows = await database.query(`select 1 from ${name} t where t::text ~ $1 limit 1`, [pattern]);
    if (rows.length > 0) saying.push(name);
  }
  return saying;
}

const historyOf = (details: Json): string[] => details.statusHistory.map((one: Json) => one.status);

describe('a payment', () => {
  it('is answered as seed 003 prints it, six members and no others', async () => {
    const order = remittedOrder();
    const { status, body } = await optum.call('POST', '/payments', order);
    assert.equal(status, 201);
    assert.deepEqual(body, {
      paymentId: body.paymentId,
      tenantId: app.tenants[0]?.tenant.id,
      issuerReferenceId: order.issuerReferenceId,
      amount: 15_000,
      status: 'Created',
      version: 1,
    });
    assert.match(body.paymentId, /^[0-9a-f]{32}$/);
  });

  it('ordered twice the same way is one payment, and its reference is taken for another', async () => {
    const order = achOrder();
    const first = await optum.call('POST', '/payments', order);
    const reversed = Object.fromEntries(Object.entries(order).reverse());
    const second = await optum.call('POST', '/payments', { ...reversed, shippingDetails: null });
    assert.equal(second.status, 200);
    assert.equal(second.body.paymentId, first.body.paymentId);
    const other = await optum.call('POST', '/payments', { ...order, amount: 10_001 });
    assert.equal(other.status, 409);
    assert.match(other.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const elsewhere = await hold.call('POST', '/payments', order);
    assert.equal(elsewhere.status, 409, 'references are unique across the accounts of a tenant');
  });

  it('goes by ACH from creation to completion, through every status of its life', async () => {
    const paymentId = await optum.pay(remittedOrder());
    await optum.settle();
    const requested = await optum.details(paymentId);
    assert.equal(requested.status, 'Requested');
    const completed = await send(paymentId);
    assert.equal(completed.status, 'Completed');
    assert.deepEqual(historyOf(completed), [
      'Created',
      'Loading',
      'DocumentsGenerating',
      'RemittanceRequested',
      'DocumentsDistributing',
      'DistributionAssigned',
      'Requested',
      'Sent',
      'Completed',
    ]);
    assert.deepEqual(completed.balance, { amount: 15_000, cleared: 15_000, voided: 0, available: 0 });
    assert.match(completed.delivery.achTraceNumber, /^12104288\d{7}$/);
    assert.equal(completed.remittance.claimsPaidAmount, 16_000);
    assert.equal(completed.remittance.adjustmentAmount, 1_000);
    assert.equal(completed.payeeDetails.bankAccount.accountNumberLast4, '7899');
    assert.equal(completed.payeeDetails.bankAccount.accountNumber, undefined);
    assert.equal((await optum.call('POST', `/payments/${paymentId}/void`)).status, 409);
  });

  it('whose payee’s account number stands in its files and its remittance leaves it in plain nowhere in the store', async () => {
    const accountNumber = '5550-1234-77';
    const order = remittedOrder();
    const { payeeDetails } = order;
    const bankAccount = { ...payeeDetails.bankAccount, accountNumber };
    const paymentId = await optum.pay({ ...order, payeeDetails: { ...payeeDetails, bankAccount } });
    const { documents } = await send(paymentId);
    for (const type of ['NACHA', '835']) {
      const { url } = documents.find((one: Json) => one.type === type);
      const file = await fetch(url, { headers: app.tenants[0]?.entries.optum?.headers ?? {} });
      assert.match(await file.text(), /5550-?1234-?77/, type);
    }
    assert.deepEqual(await tablesThatSay('5550-?1234-?77'), []);
    assert.deepEqual(
      await tablesThatSay('MAIN STREET CLINIC'),
      ['public.payout_orders'],
      'it finds what is in plain',
    );
  });

  it('is voided before its file is cut, and reissued once as a new attempt that is paid', async () => {
    const paymentId = await optum.pay();
    await optum.settle();
    const voided = await optum.call('POST', `/payments/${paymentId}/void`, { reason: 'wrong payee' });
    assert.equal(voided.status, 200);
    assert.equal(voided.body.status, 'Voided');
    assert.equal((await optum.call('POST', `/payments/${paymentId}/void`)).status, 409);
    const reissued = await optum.call('POST', `/payments/${paymentId}/reissue`, {});
    assert.equal(reissued.status, 200);
    assert.equal((await optum.call('POST', `/payments/${paymentId}/reissue`)).status, 409);
    const details = await send(paymentId);
    assert.equal(details.status, 'Completed');
    assert.equal(details.attempts.length, 2);
    assert.equal(details.remittance.traceNumber, `${details.issuerReferenceId}-2`);
    assert.deepEqual(details.attempts[0].voidedAt === null, false);
    assert.deepEqual(details.balance, { amount: 10_000, cleared: 10_000, voided: 0, available: 0 });
  });

  it('by ACH that comes back keeps its status, shows why, and may be voided and reissued', async () => {
    const paymentId = await optum.pay();
    const completed = await send(paymentId);
    const trace = completed.delivery.achTraceNumber;
    assert.equal((await simulate(`/ach/${trace}/return`, { code: 'R03' })).status, 200);
    await optum.settle();
    const returned = await optum.details(paymentId);
    assert.equal(returned.status, 'Completed');
    assert.equal(returned.returned.code, 'R03');
    assert.equal(returned.balance.available, 10_000);
    assert.equal((await optum.call('POST', `/payments/${paymentId}/void`)).status, 200);
    assert.equal((await optum.call('POST', `/payments/${paymentId}/reissue`)).status, 200);
  });

  it('by ACH whose bank asks for another account number is paid, and its details tell the end of that number', async () => {
    const paymentId = await optum.pay();
    const sent = await send(paymentId);
    assert.deepEqual(sent.corrections, []);
    const asked = { code: 'C01', corrected: '5550103344' };
    assert.equal((await simulate(`/ach/${sent.delivery.achTraceNumber}/correct`, asked)).status, 200);
    await optum.settle();
    const details = await optum.details(paymentId);
    assert.equal(details.status, 'Completed');
    assert.equal(details.returned, null);
    const [{ at, ...correction }, ...more] = details.corrections;
    assert.deepEqual(correction, { attempt: 1, code: 'C01', correctedLast4: '3344' });
    assert.ok(Date.parse(at) > 0);
    assert.deepEqual(more, []);
    assert.doesNotMatch(JSON.stringify(details), /5550103344/);
    const kept = await app.app.core.database.query('select * from payout_news', []);
    assert.ok(kept.some((one) => one.kind === 'corrected'));
    const inPlain = JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    assert.doesNotMatch(inPlain, /5550103344/, 'the number is sealed where it is kept');
  });

  it('by virtual card needs the payee’s stored consent, and tells the end of the card’s number', async () => {
    const paymentDetails = { deliveryMethod: 'VIRTUAL_CARD' };
    const order = { ...checkOrder(), paymentDetails };
    assert.equal((await optum.call('POST', '/payments', order)).status, 400);
    const consent = { rail: 'virtual-card', text: 'We take cards.', at: '2024-01-01T00:00:00Z' };
    const { headers = {} } = app.tenants[0]?.entries.native ?? {};
    const given = await sendJson(`${app.url}/v1/payees/1234567893/consents`, 'POST', headers, consent);
    assert.equal(given.status, 201);
    const paymentId = await optum.pay(order);
    await optum.settle();
    await optum.turn({ by: 'P5D' });
    const { delivery, status } = await optum.details(paymentId);
    assert.equal(delivery.method, 'VIRTUAL_CARD');
    assert.match(delivery.cardLast4, /^\d{4}$/);
    assert.equal(status, 'Completed');
  });

  it('by check is numbered, cashed only when somebody cashes it, and no longer voidable then', async () => {
    const { paymentId, details: sent } = await sendCheck();
    assert.equal(sent.delivery.method, 'CHECK');
    assert.equal(sent.remittance.traceNumber, sent.delivery.checkNumber);
    assert.equal(sent.balance.available, 10_000);
    assert.equal((await simulate(`/check/${sent.delivery.checkNumber}/cash`)).status, 200);
    await optum.settle();
    const cashed = await optum.details(paymentId);
    assert.equal(cashed.status, 'Completed');
    assert.equal(cashed.balance.available, 0);
    assert.equal((await optum.call('POST', `/payments/${paymentId}/void`)).status, 409);
  });

  it('by check is stopped at the bank by a void, and cannot be cashed any more', async () => {
    const { paymentId, details: sent } = await sendCheck();
    const { checkNumber } = sent.delivery;
    assert.deepEqual(
      sent.documents.map((one: Json) => one.type),
      ['EOP', 'CHECK', 'POSITIVE_PAY'],
    );
    for (const document of sent.documents) {
      const answer = await fetch(document.url, { headers: app.tenants[0]?.entries.optum?.headers ?? {} });
      assert.equal(answer.headers.get('content-disposition')?.startsWith('attachment'), true);
      assert.match(answer.headers.get('content-security-policy') ?? '', /sandbox/);
      assert.equal((await answer.arrayBuffer()).byteLength, document.size);
      assert.equal((await fetch(document.url)).status, 401);
    }
    assert.equal((await optum.call('POST', `/payments/${paymentId}/void`)).status, 200);
    assert.equal((await simulate(`/check/${checkNumber}/cash`)).status, 409);
    assert.equal((await optum.call('POST', `/payments/${paymentId}/reissue`)).status, 200);
    await optum.settle();
    const details = await optum.details(paymentId);
    assert.notEqual(details.delivery.checkNumber, checkNumber);
  });

  it('by check that nobody cashes in six months is voided, and its money is the payer’s again', async () => {
    const paymentId = await optum.pay(checkOrder());
    await optum.settle();
    await optum.turn({ by: 'P190D' });
    const details = await optum.details(paymentId);
    assert.equal(details.status, 'Voided');
    assert.equal(details.statusHistory.at(-1).reason, 'nobody cashed it in time');
    assert.equal(details.balance.voided, 10_000);
  });

  it('beyond the funds of a pre-funded account fails, and promises nothing', async () => {
    const paymentId = await optum.pay({ amount: 9_000_000_000 });
    await optum.settle();
    const details = await optum.details(paymentId);
    assert.equal(details.status, 'Failed');
    assert.match(details.statusHistory.at(-1).reason, /not enough funds/);
    for (const action of ['void', 'reissue', 'release'])
      assert.equal((await optum.call('POST', `/payments/${paymentId}/${action}`)).status, 409, action);
  });
});

describe('a payment of an account that holds', () => {
  it('waits, is released once, and then goes on', async () => {
    const paymentId = await hold.pay();
    await hold.settle();
    assert.equal((await hold.details(paymentId)).status, 'Held');
    assert.equal((await hold.call('POST', `/payments/${paymentId}/void`)).status, 409);
    const released = await hold.call('POST', `/payments/${paymentId}/release`, { releasedBy: 'a.second' });
    assert.equal(released.status, 200);
    assert.equal((await hold.call('POST', `/payments/${paymentId}/release`)).status, 409);
    await hold.settle();
    const details = await hold.details(paymentId);
    assert.deepEqual(historyOf(details).slice(0, 3), ['Created', 'Held', 'Loading']);
    assert.equal(details.statusHistory[2].reason, 'released by a.second');
  });

  it('may be released as soon as it was ordered', async () => {
    const paymentId = await hold.pay();
    assert.deepEqual(historyOf(await hold.details(paymentId)), ['Created', 'Held']);
    assert.equal((await hold.call('POST', `/payments/${paymentId}/release`)).status, 200);
    const other = await optum.pay();
    assert.equal((await optum.call('POST', `/payments/${other}/release`)).status, 409);
  });
});
