import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { manualClock } from '#kit/clock.ts';
import { checkoutFields, checkouts, type Merchant, pay, startMerchant } from './test-merchant.ts';

describe('the Verifone simulator', () => {
  const directory = mkdtempSync(join(tmpdir(), 'quittance-'));
  const clock = manualClock(new Date('2026-11-20T10:00:00Z'));
  let merchant: Merchant;
  before(async () => {
    merchant = await startMerchant({ directory, clock });
  });
  after(async () => {
    await merchant.close();
    rmSync(directory, { recursive: true });
  });

  const read = async (id: string) => (await merchant.call('GET', `${checkouts}/${id}`)).body;
  const refund = (transaction: string, amount: number, key?: string) =>
    merchant.call(
      'POST',
      `/oidc/api/v2/transactions/${transaction}/refund`,
      { amount, reason: 'REFUND0000000001' },
      key === undefined ? {} : { 'x-vfi-api-idempotencykey': key },
    );
  const paid = async (): Promise<string> => {
    const { url } = await merchant.open();
    return (await merchant.submit(url, pay)).location?.searchParams.get('transaction_id') ?? '';
  };

  it('takes a card and sends the payer back with the transaction and the checkout', async () => {
    const { id, url, reference } = await merchant.open();
    const { status, location } = await merchant.submit(url, pay);
    assert.equal(status, 303);
    const checkout = await read(id);
    assert.equal(location?.searchParams.get('checkout_id'), id);
    assert.equal(location?.searchParams.get('transaction_id'), checkout.transaction_id);
    assert.equal(checkout.status, 'COMPLETED');
    assert.equal(checkout.merchant_reference, reference);
    assert.deepEqual(
      checkout.events.map((event: { type: string; details: { status: string } }) => [
        event.type,
        event.details.status,
      ]),
      [['TRANSACTION_SUCCESS', 'AUTHORIZED']],
    );
  });

  it('makes one transaction of many submits', async () => {
    const { url, reference } = await merchant.open();
    await Promise.all(Array.from({ length: 8 }, () => merchant.submit(url, pay)));
    const rows = (await merchant.book()).filter((row) => row.reference === reference);
    assert.deepEqual(
      rows.map(({ kind, outcome, amount, currency }) => [kind, outcome, amount, currency]),
      [['purchase', 'approved', 12_300, 'SEK']],
    );
  });

  it('lets a payer try three cards, and no fourth', async () => {
    const declined = { ...pay, CardNumber: '4999999999999236' };
    const { id, url } = await merchant.open();
    const first = await merchant.submit(url, declined);
    assert.equal(first.status, 422);
    assert.match(first.text, /role="alert"/);
    assert.doesNotMatch(first.text, /9236"/);
    await merchant.submit(url, declined);
    const third = await merchant.submit(url, declined);
    assert.equal(third.location?.searchParams.get('errorCode'), '165');
    const fourth = await merchant.submit(url, pay);
    assert.equal(fourth.location?.searchParams.get('transaction_id'), null);
    assert.equal((await read(id)).events.length, 3);
  });

  it('takes a good card after a declined one', async () => {
    const { url } = await merchant.open();
    await merchant.submit(url, { ...pay, CardNumber: '4999999999999236' });
    assert.equal((await merchant.submit(url, pay)).status, 303);
  });

  it('takes nothing after the expiry, nor after the expiry was moved', async () => {
    const old = await merchant.open({ expiry_time: '2026-11-20T10:30:00Z' });
    const closed = await merchant.open();
    const created = (await read(closed.id)).created_at;
    const moved = await merchant.call('PATCH', `${checkouts}/${closed.id}`, { expiry_time: created });
    assert.equal(moved.body.expiry_time, created);
    assert.equal((await merchant.submit(closed.url, pay)).status, 410);
    clock.advance(30 * 60_000);
    assert.equal((await merchant.submit(old.url, pay)).status, 410);
    assert.equal((await fetch(`${merchant.url}/hpp/none`)).status, 404);
  });

  it('finds the checkouts of a reference, those of its own user', async () => {
    const { reference } = await merchant.open();
    await merchant.call('POST', checkouts, checkoutFields(reference));
    const search = `${checkouts}?search=merchant_reference%3D%3D${reference}`;
    assert.equal((await merchant.call('GET', search)).body.length, 2);
    const other = `Basic ${Buffer.from('user-2:key-2').toString('base64')}`;
    assert.deepEqual((await merchant.call('GET', search, undefined, { authorization: other })).body, []);
  });

  it('names the parameter that is wrong, and knows nobody without credentials', async () => {
    for (const field of ['entity_id', 'currency_code', 'amount', 'return_url', 'configurations']) {
      const body = { ...checkoutFields('TEST'), [field]: null };
      const answer = await merchant.call('POST', checkouts, body);
      assert.equal(answer.status, 400);
      assert.equal(answer.body.code, 107);
      assert.ok(field in answer.body.details);
    }
    const stranger = await merchant.call('GET', `${checkouts}/x`, undefined, { authorization: '' });
    assert.deepEqual([stranger.status, stranger.body.code], [401, 116]);
  });

  it('refunds once under one key, and not more than was paid', async () => {
    const transaction = await paid();
    const key = '11111111-1111-4111-8111-111111111111';
    const first = await refund(transaction, 300, key);
    assert.equal(first.status, 201);
    assert.equal(first.body.status, 'REFUNDED');
    assert.deepEqual((await refund(transaction, 300, key)).body, first.body);
    assert.equal((await refund(transaction, 400, key)).body.code, 110);
    assert.equal((await refund(transaction, 12_001)).body.status, 'DECLINED');
    assert.equal((await refund(transaction, 12_000)).body.status, 'REFUNDED');
    assert.equal((await refund('none', 1)).body.code, 109);
  });

  it('knows after a restart what it knew before it', async () => {
    const { id, url } = await merchant.open();
    await merchant.submit(url, pay);
    const before = await read(id);
    await merchant.restart();
    assert.deepEqual(await read(id), before);
    const { transaction_id: transaction } = before;
    assert.equal((await refund(transaction, 12_300)).body.status, 'REFUNDED');
    assert.equal((await refund(transaction, 1)).body.status, 'DECLINED');
  });

  it('writes down neither number nor security code of a card', async () => {
    const { url } = await merchant.open();
    await merchant.submit(url, { ...pay, CardNumber: '4242424242424242', Cvc2: '7531' });
    const written = readFileSync(join(directory, 'simulators.jsonl'), 'utf8');
    assert.match(written, /424242\.{8}42/);
    assert.ok(!written.includes('424242424242'));
    assert.ok(!/(?<![0-9a-f])7531(?![0-9a-f])/i.test(written));
  });
});
