import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { manualClock } from '#kit/clock.ts';
import {
  goodCard,
  type Merchant,
  nextTxnId,
  pick,
  startMerchant,
  startReturnAddress,
} from './test-merchant.ts';

const pay = { action: 'pay', Cvc2: '987', ...goodCard };

describe('the hosted card page', () => {
  const directory = mkdtempSync(join(tmpdir(), 'quittance-'));
  const clock = manualClock(new Date('2026-11-20T10:00:00Z'));
  let merchant: Merchant;
  before(async () => {
    const delays = { notificationRetryMs: [1, 1, 1, 1, 1, 1], shuffleMs: 300 };
    merchant = await startMerchant({ directory, clock, delays });
  });
  after(async () => {
    await merchant.close();
    rmSync(directory, { recursive: true });
  });

  const result = async (location: string) => {
    const Response = new URL(location).searchParams.get('result') ?? '';
    return merchant.pxPay('ProcessResponse', { Response });
  };
  const openAt = (url: string) => merchant.openPage({ UrlSuccess: url, UrlFail: url });

  it('takes a card and goes back with a result and the user id', async () => {
    const page = await merchant.openPage({ EnableAddBillCard: '1' });
    const { status, location } = await merchant.submit(page, pay);
    assert.equal(status, 303);
    assert.match(location, /^http:\/\/127\.0\.0\.1:9\/return\?result=[0-9a-f]{32}&userid=Clinic_PxPay$/);
    const answer = await result(location);
    assert.match(answer, /^<Response valid="1">/);
    assert.equal(pick(answer, 'Success'), '1');
    assert.equal(pick(answer, 'AmountSettlement'), '12.30');
    assert.match(pick(answer, 'DpsBillingId'), /^\d{16}$/);
    assert.equal(await result(location), answer);
  });

  it('makes one transaction of many submits, and sends each of them to the same place', async () => {
    const TxnId = nextTxnId();
    const page = await merchant.openPage({ TxnId });
    const answers = await Promise.all(Array.from({ length: 8 }, () => merchant.submit(page, pay)));
    assert.equal(new Set(answers.map((answer) => answer.location)).size, 1);
    const late = await merchant.submit(page, { action: 'cancel' });
    assert.equal(late.location, answers[0]?.location);
    assert.equal((await merchant.book()).filter((row) => row.reference === TxnId).length, 1);
  });

  it('tells a cancel by the name of the card holder', async () => {
    const { location } = await merchant.submit(await merchant.openPage(), { action: 'cancel' });
    const answer = await result(location);
    assert.equal(pick(answer, 'CardHolderName'), 'User Cancelled');
    assert.equal(pick(answer, 'ResponseText'), 'DECLINED');
  });

  it('ends with a decline by the bank, without another try', async () => {
    const page = await merchant.openPage();
    const first = await merchant.submit(page, { ...pay, CardNumber: '4999999999999236' });
    assert.equal(pick(await result(first.location), 'ReCo'), '05');
    const second = await merchant.submit(page, pay);
    assert.equal(pick(await result(second.location), 'ReCo'), '05');
  });

  it('lets the payer correct a number that is none, without repeating it', async () => {
    const page = await merchant.openPage();
    const { status, text } = await merchant.submit(page, { ...pay, CardNumber: '4111 1111 1111 1119' });
    assert.equal(status, 422);
    assert.match(text, /role="alert"/);
    assert.doesNotMatch(text, /1119/);
    assert.equal((await merchant.submit(page, pay)).status, 303);
  });

  it('shows the amount and escapes what the merchant wrote', async () => {
    const page = await merchant.openPage({ MerchantReference: '<script>alert(1)</script>' });
    const response = await fetch(page);
    const text = await response.text();
    assert.match(text, /Pay 12\.30 AUD/);
    assert.doesNotMatch(text, /<script/);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });

  it('takes nothing after the time in Opt, and knows no page that was not opened', async () => {
    const page = await merchant.openPage({ Opt: 'TO=2611201030' });
    clock.advance(30 * 60_000);
    assert.equal((await merchant.submit(page, pay)).status, 410);
    assert.equal((await fetch(page)).status, 410);
    assert.equal((await fetch(`${merchant.url}/pxmi3/${'0'.repeat(80)}`)).status, 404);
  });

  it('writes down neither number nor security code of a card', async () => {
    await merchant.submit(await merchant.openPage(), {
      ...pay,
      CardNumber: '4242424242424242',
      Cvc2: '7531',
    });
    await merchant.submit(await merchant.openPage(), {
      ...pay,
      CardNumber: '4242424242424241',
      Cvc2: '7531',
    });
    const written = readFileSync(join(directory, 'simulators.jsonl'), 'utf8');
    assert.match(written, /424242\.{8}42/);
    assert.ok(!written.includes('424242424242'));
    // As a word of its own: random tokens hold any four digits now and then.
    assert.ok(!/(?<![0-9a-f])7531(?![0-9a-f])/i.test(written));
  });

  it('notifies the return address as PXL1, with the same query as the browser', async () => {
    const address = await startReturnAddress();
    const { location } = await merchant.submit(await openAt(address.url), pay);
    await address.arrived(1);
    assert.equal(address.calls[0]?.agent, 'PXL1');
    assert.equal(`?${address.calls[0]?.query}`, new URL(location).search);
    await address.close();
  });

  for (const [what, statuses, tries] of [
    ['stops at 404', [404], 1],
    ['stops at a redirect', [503, 500, 303], 3],
    ['gives up after six retries', [500], 7],
  ] as const) {
    it(`${what} when notifying`, async () => {
      const address = await startReturnAddress(statuses);
      const later = await startReturnAddress();
      await merchant.submit(await openAt(address.url), pay);
      await address.arrived(tries);
      // Another notification goes all its way meanwhile: a try too many would have come by then.
      await merchant.submit(await openAt(later.url), pay);
      await later.arrived(1);
      assert.equal(address.calls.length, tries);
      await Promise.all([address.close(), later.close()]);
    });
  }

  it('notifies before it answers the browser under callback-first', async () => {
    const address = await startReturnAddress();
    await merchant.setFault({ kind: 'callback-first' });
    await merchant.submit(await openAt(address.url), pay);
    assert.equal(address.calls.length, 1);
    await address.close();
  });

  it('notifies more than once under duplicate-callbacks', async () => {
    const address = await startReturnAddress();
    await merchant.setFault({ kind: 'duplicate-callbacks' });
    await merchant.submit(await openAt(address.url), pay);
    await address.arrived(2);
    assert.equal(new Set(address.calls.map((call) => call.query.get('result'))).size, 1);
    await address.close();
  });

  it('notifies in another order under shuffle-callbacks, and forgets none', async () => {
    const address = await startReturnAddress();
    await merchant.setFault({ kind: 'shuffle-callbacks', times: 6, seed: 4 });
    const sent = [];
    for (let index = 0; index < 6; index += 1) {
      const { location } = await merchant.submit(await openAt(address.url), pay);
      sent.push(new URL(location).searchParams.get('result'));
    }
    await address.arrived(6);
    const heard = address.calls.map((call) => call.query.get('result'));
    assert.deepEqual([...heard].sort(), [...sent].sort());
    assert.notDeepEqual(heard, sent);
    await address.close();
  });
});
