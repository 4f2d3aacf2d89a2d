import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Bank, createInvoicedLink, openBank } from '#test/support/bank.ts';
import { type Json, type PingClient, pingClient } from '#test/support/ping-client.ts';

let app: TestApp;
let ping: PingClient;
let bank: Bank;
before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
  bank = openBank(app);
});
after(() => app.stop());

const amount = 14_000;

/** What the ledger's three accounts of deposits hold, as a positive number each. */
async function held(): Promise<Record<string, number>> {
  const of = async (place: string) => 0 - (await bank.balance(`deposits:${place}`));
  return { unallocated: await of('unallocated'), matched: await of('matched'), surplus: await of('surplus') };
}

describe('a deposit', () => {
  it('is one, however often the bank tells of it', async () => {
    const link = await createInvoicedLink(ping);
    const bankReference = crypto.randomUUID();
    const before = await bank.balance('bank');
    const first = await bank.deposit(link.ocr, 10_000, bankReference);
    const again = await bank.deposit(link.ocr, 10_000, bankReference);
    assert.deepEqual([first.status, again.status], [201, 201]);
    assert.deepEqual(again.body, first.body);
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
    assert.equal(await bank.balance('bank'), before + 10_000);
  });

  it('told again with another amount or for another reference is a conflict, and changes nothing', async () => {
    const bankReference = crypto.randomUUID();
    const { body } = await bank.deposit('12345674', 500, bankReference);
    const before = await held();
    assert.equal((await bank.deposit('12345674', 501, bankReference)).status, 409);
    assert.equal((await bank.deposit('12345675', 500, bankReference)).status, 409);
    assert.deepEqual((await bank.native('GET', `/deposits/${body.id}`)).body, body);
    assert.deepEqual(await held(), before);
  });

  it('that says nothing anybody knows is unallocated, is found, and is matched later', async () => {
    const link = await createInvoicedLink(ping);
    const before = await held();
    const { body } = await bank.deposit('thanks for everything', amount);
    assert.deepEqual([body.unallocated, body.matched, body.linkId, body.paymentId], [amount, 0, null, null]);
    assert.deepEqual(await held(), { ...before, unallocated: (before.unallocated ?? 0) + amount });
    const { data } = (await bank.native('GET', '/deposits?holding=unallocated')).body;
    assert.ok(data.some(({ id }: Json) => id === body.id));
    const matched = await bank.native('POST', `/deposits/${body.id}/match`, { linkId: link.id });
    assert.equal(matched.status, 200, matched.text);
    assert.deepEqual([matched.body.unallocated, matched.body.matched], [0, amount]);
    assert.equal((await ping.call('GET', `/payment_links/${link.id}`)).body.status, 'COMPLETED');
    assert.equal((await bank.native('POST', `/deposits/${body.id}/match`, { linkId: link.id })).status, 409);
    assert.deepEqual(await bank.breaches(), []);
  });

  it('can be matched to a payment by deposit, and to a link once it has an invoice', async () => {
    const link = await ping.createLink();
    const one = (await bank.deposit(null, amount)).body;
    const match = () => bank.native('POST', `/deposits/${one.id}/match`, { linkId: link.id });
    assert.equal((await match()).status, 409);
    await ping.call('PUT', `/payment_links/${link.id}/invoice`, { reference_type: 'OCR' });
    assert.equal((await match()).status, 200);
    assert.equal((await ping.call('GET', `/payment_links/${link.id}`)).body.status, 'COMPLETED');
    const orderId = await ping.createOrder();
    const initiated = await ping.call('POST', `/payment_orders/${orderId}/payments`, {
      currency: 'SEK',
      total_amount: amount,
      order_items: [{ amount, name: 'Visit', vat_rate: 25, merchant_id: app.tenants[0]?.merchantId }],
      provider: 'ping',
      method: 'deposit',
      provider_method_parameters: { reference_type: 'KID' },
    });
    const paymentId = initiated.body.id;
    const two = (await bank.deposit('?', amount - 1)).body;
    assert.equal((await bank.native('POST', `/deposits/${two.id}/match`, { paymentId })).status, 200);
    assert.equal((await bank.native('GET', `/payments/${paymentId}`)).body.status, 'underfunded');
    assert.deepEqual(await bank.breaches(), []);
  });

  it('is not matched to what takes no money, is in another currency, or is another tenant’s', async () => {
    const link = await createInvoicedLink(ping);
    await bank.deposit(link.ocr, amount);
    const { body } = await bank.deposit(null, amount);
    const match = (target: Json, path = `/deposits/${body.id}/match`) => bank.native('POST', path, target);
    assert.equal((await match({ linkId: link.id })).status, 409, 'paid already');
    assert.equal((await match({ linkId: crypto.randomUUID() })).status, 404);
    assert.equal((await match({ linkId: (await pingClient(app, 1).createLink()).id })).status, 404);
    assert.equal((await match({})).status, 422);
    assert.equal((await match({ linkId: link.id }, `/deposits/${crypto.randomUUID()}/match`)).status, 404);
    assert.equal((await openBank(app, 1).native('GET', `/deposits/${body.id}`)).status, 404);
    const euro = { bankReference: crypto.randomUUID(), reference: link.ocr, amount, currency: 'EUR' };
    const foreign = await bank.native('POST', '/deposits', euro);
    assert.equal(foreign.body.unallocated, amount, 'an OCR number paid in another currency');
    const open = await createInvoicedLink(ping);
    const wrong = await match({ linkId: open.id }, `/deposits/${foreign.body.id}/match`);
    assert.deepEqual([wrong.status, wrong.body.errors[0].property], [422, 'linkId']);
    assert.deepEqual(await bank.breaches(), []);
  });

  it('of which nobody knows what for is given back in parts, and never twice', async () => {
    const { body } = await bank.deposit(null, 1_000);
    const before = await bank.balance('bank');
    const giveBack = (part: number, bankReference: string) =>
      bank.native('POST', `/deposits/${body.id}/returns`, { amount: part, bankReference });
    assert.equal((await giveBack(400, `${body.id}-a`)).body.returned, 400);
    assert.equal((await giveBack(400, `${body.id}-a`)).body.returned, 400, 'the same one told again');
    assert.equal((await giveBack(601, `${body.id}-b`)).status, 422);
    assert.equal((await giveBack(600, `${body.id}-b`)).body.unallocated, 0);
    assert.equal((await giveBack(1, `${body.id}-c`)).status, 422);
    assert.equal(await bank.balance('bank'), before - 1_000);
    assert.deepEqual(await bank.breaches(), []);
  });

  it('is told of in the log at every step, without who sent it', async () => {
    const link = await createInvoicedLink(ping);
    const { body } = await bank.deposit(link.ocr, amount + 5);
    await bank.native('POST', `/deposits/${body.id}/returns`, { bankReference: `${body.id}-back` });
    const events: Json[] = [];
    for (let after = ''; ; after = events.at(-1).id) {
      const { data } = (await bank.native('GET', `/events?limit=200&after=${after}`)).body;
      if (data.length === 0) break;
      events.push(...data);
    }
    const told = events.filter(({ subject }) => subject === `deposit:${body.id}`);
    assert.deepEqual(
      told.map(({ type, data }) => [type, data.unallocated, data.matched, data.surplus, data.returned]),
      [
        ['deposit.received', amount + 5, 0, 0, 0],
        ['deposit.matched', 0, amount, 5, 0],
        ['deposit.returned', 0, amount, 0, 5],
      ],
    );
  });

  it('of nothing, in no currency, or without the bank’s name for it is refused', async () => {
    const good = { bankReference: crypto.randomUUID(), reference: '12345674', amount: 1, currency: 'SEK' };
    for (const [name, value] of [
      ['amount', 0],
      ['amount', 1.5],
      ['amount', '1'],
      ['currency', 'XXX'],
      ['bankReference', ''],
      ['bankReference', ' '],
      ['receivedAt', 'yesterday'],
      ['payer', 'Bertil'],
    ] as const) {
      const { status, body } = await bank.native('POST', '/deposits', { ...good, [name]: value });
      assert.deepEqual([status, body.errors?.[0]?.property], [422, name]);
    }
  });
});
