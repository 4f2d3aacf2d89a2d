import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type SwishMerchant, startSwishMerchant } from './test-merchant.ts';

let merchant: SwishMerchant;
before(async () => {
  merchant = await startSwishMerchant();
});
after(() => merchant.close());

/** Has a payment approved by its payer, and answers the bank's reference. */
async function payAndApprove(): Promise<string> {
  const { id } = await merchant.pay();
  merchant.clock.advance(2_000);
  return (await merchant.payment(id)).paymentReference;
}

describe('a payment request', () => {
  it('is answered by its address, with a token where no phone number is given', async () => {
    const scanned = await merchant.pay();
    assert.equal(scanned.status, 201);
    assert.ok(scanned.headers.get('location')?.endsWith(`/api/v1/paymentrequests/${scanned.id}`));
    assert.match(scanned.headers.get('paymentrequesttoken') ?? '', /^[0-9A-Za-z]{16,}$/);
    const asked = await merchant.pay({ payerAlias: '46700000001' });
    assert.equal(asked.headers.get('paymentrequesttoken'), null);
  });

  it('is paid by itself after two seconds, and the merchant is told so with its identifier', async () => {
    const { id } = await merchant.pay();
    assert.equal((await merchant.payment(id)).status, 'CREATED');
    merchant.clock.advance(2_000);
    const paid = await merchant.payment(id);
    assert.equal(paid.status, 'PAID');
    assert.match(paid.paymentReference, /^[0-9A-F]{32}$/);
    const told = (count: number): Promise<boolean> =>
      merchant.told(count).then((all) => all.some((one) => one.identifier === id) || told(count + 1));
    assert.ok(await told(1));
    const row = (await merchant.book()).find((one) => one.processorReference === paid.paymentReference);
    assert.deepEqual(
      { kind: row?.kind, amount: row?.amount, currency: row?.currency, outcome: row?.outcome },
      { kind: 'purchase', amount: 1000, currency: 'SEK', outcome: 'approved' },
    );
  });

  it('is refused for each field by its code', async () => {
    for (const [code, fields] of Object.entries({
      FF08: { payeePaymentReference: 'a b' },
      RP03: { callbackUrl: 'http://shop.example/callback' },
      PA01: { callbackIdentifier: 'short' },
      BE18: { payerAlias: '0700' },
      RP01: { payeeAlias: '' },
      PA02: { amount: '1.001' },
      AM06: { amount: '0' },
      AM02: { amount: '9999999999999.00' },
      AM03: { currency: 'EUR' },
      RP02: { message: 'a < b' },
    })) {
      const { status, body } = await merchant.pay(fields);
      assert.equal(status, 422);
      assert.equal(body[0].errorCode, code);
    }
  });

  it('is taken once under an id, and one at a time from a phone number', async () => {
    const { id } = await merchant.pay({ payerAlias: '46700000002' });
    assert.equal((await merchant.pay({}, id)).body[0].errorCode, 'RP09');
    assert.equal((await merchant.pay({ payerAlias: '46700000002' })).body[0].errorCode, 'RP06');
  });

  it('meets the code in its message: at once, or as its end', async () => {
    assert.equal((await merchant.pay({ message: 'ACMT03' })).body[0].errorCode, 'ACMT03');
    for (const code of ['RF07', 'BANKIDCL', 'FF10', 'TM01']) {
      const { id } = await merchant.pay({ message: `please ${code}` });
      merchant.clock.advance(2_000);
      const { status, errorCode } = await merchant.payment(id);
      assert.deepEqual({ status, errorCode }, { status: 'ERROR', errorCode: code });
    }
  });

  it('with DS24 is undecided until the bank has answered, which nobody is told of', async () => {
    const { id } = await merchant.pay({ message: 'DS24' });
    merchant.clock.advance(2_000);
    assert.equal((await merchant.payment(id)).errorCode, 'DS24');
    merchant.clock.advance(19_000);
    assert.equal((await merchant.payment(id)).errorCode, 'DS24');
    merchant.clock.advance(1_000);
    assert.equal((await merchant.payment(id)).status, 'PAID');
  });

  it('can be taken back until it is paid', async () => {
    const { id } = await merchant.pay();
    assert.equal((await merchant.cancel(id)).body.status, 'CANCELLED');
    assert.equal((await merchant.cancel(id)).body[0].errorCode, 'RP07');
    merchant.clock.advance(2_000);
    assert.equal((await merchant.payment(id)).status, 'CANCELLED');
    assert.equal((await merchant.cancel('F'.repeat(32))).status, 404);
  });

  it('is known after a restart', async () => {
    const { id } = await merchant.pay();
    await merchant.restart();
    merchant.clock.advance(2_000);
    assert.equal((await merchant.payment(id)).status, 'PAID');
  });
});

describe('the phone', () => {
  before(() => merchant.touch('/phone', { mode: 'wait' }));
  after(() => merchant.touch('/phone', { mode: 'auto' }));

  it('shows what waits, and pays or declines it as the person says', async () => {
    const first = await merchant.pay({ message: 'For Rex', payerAlias: '46700000003' });
    const second = await merchant.pay({ message: 'For Fido' });
    merchant.clock.advance(60_000);
    const page = await merchant.phone();
    assert.ok(page.includes('For Rex') && page.includes('+46700000003') && page.includes('For Fido'));
    await merchant.touch(`/phone/${first.id}`, { action: 'approve' });
    await merchant.touch(`/phone/${second.id}`, { action: 'decline' });
    assert.equal((await merchant.payment(first.id)).status, 'PAID');
    assert.equal((await merchant.payment(second.id)).status, 'DECLINED');
    assert.ok(!(await merchant.phone()).includes('For Rex'));
  });

  it('forgets a request that nobody approved: after three minutes, or five and a half by a code', async () => {
    const asked = await merchant.pay({ payerAlias: '46700000004' });
    const scanned = await merchant.pay();
    merchant.clock.advance(179_999);
    assert.equal((await merchant.payment(asked.id)).status, 'CREATED');
    merchant.clock.advance(1);
    assert.equal((await merchant.payment(asked.id)).errorCode, 'TM01');
    merchant.clock.advance(149_999);
    assert.equal((await merchant.payment(scanned.id)).status, 'CREATED');
    merchant.clock.advance(1);
    assert.equal((await merchant.payment(scanned.id)).errorCode, 'TM01');
  });

  it('does nothing for a form of another shape', async () => {
    const { id } = await merchant.pay();
    await merchant.touch(`/phone/${id}`, { action: 'steal' });
    await merchant.touch('/phone', { mode: 'x' });
    assert.equal((await merchant.payment(id)).status, 'CREATED');
  });
});

describe('a refund', () => {
  it('is debited, then paid, and the merchant is told of both', async () => {
    const original = await payAndApprove();
    const { id, status } = await merchant.refund(original);
    assert.equal(status, 201);
    assert.equal((await merchant.refunded(id)).status, 'INITIATED');
    merchant.clock.advance(2_000);
    assert.equal((await merchant.refunded(id)).status, 'PAID');
    const statuses = async (count: number): Promise<string[]> => {
      const told = (await merchant.told(count)).filter((one) => one.body.id === id);
      return told.length < 2 ? statuses(count + 1) : told.map((one) => one.body.status);
    };
    assert.deepEqual((await statuses(1)).toSorted(), ['DEBITED', 'PAID']);
  });

  it('is never more than was paid, nor of what was not, nor another merchant’s', async () => {
    const original = await payAndApprove();
    const codes = [];
    for (const amount of ['4.00', '4.00', '4.00', '2.00', '0.01'])
      codes.push((await merchant.refund(original, { amount })).body?.[0].errorCode ?? 'taken');
    assert.deepEqual(codes, ['taken', 'taken', 'RF08', 'taken', 'RF08']);
    assert.equal((await merchant.refund('F'.repeat(32))).body[0].errorCode, 'RF02');
    assert.equal((await merchant.refund(original, { payerAlias: '9999999999' })).body[0].errorCode, 'RF03');
  });
});

describe('faults', () => {
  it('of callbacks: the callback comes before the answer, or comes more than once', async () => {
    await merchant.setFault({ kind: 'callback-first' });
    const { id } = await merchant.pay();
    const callbacks = async (count: number) =>
      (await merchant.told(count)).filter((one) => one.body.id === id);
    assert.equal((await callbacks(1)).length, 1);
    await merchant.clearFaults();
    await merchant.setFault({ kind: 'duplicate-callbacks' });
    const again = await merchant.pay();
    merchant.clock.advance(2_000);
    const copies = async (count: number): Promise<number> => {
      const told = (await merchant.told(count)).filter((one) => one.body.id === again.id);
      return told.length < 2 ? copies(count + 1) : told.length;
    };
    assert.ok((await copies(1)) >= 2);
    await merchant.clearFaults();
  });

  it('of the status service: it has no record yet of what is young', async () => {
    const { id } = await merchant.pay();
    await merchant.setFault({ kind: 'status-lags' });
    assert.equal((await merchant.get(`v1/paymentrequests/${id}`)).status, 404);
    await merchant.clearFaults();
    assert.equal((await merchant.get(`v1/paymentrequests/${id}`)).status, 200);
  });
});
