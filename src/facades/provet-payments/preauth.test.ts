/** Funds reserved on a kept card, and taken later: less, all, more, or too late. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import type { Json } from '#test/support/ping-client.ts';
import { type Kept, type ProvetClient, provetClient } from '#test/support/provet-client.ts';

let app: TestApp;
let provet: ProvetClient;
let kept: Kept;
before(async () => {
  app = await startTestApp();
  provet = provetClient(app);
  kept = await provet.keepCard();
});
after(() => app.stop());

const reserve = (amount = 100): Promise<Json> => provet.charge(kept, { Amount: amount, IsPreAuth: true });

describe('a preauth', () => {
  it('reserves the funds and takes nothing', async () => {
    const auth = await reserve();
    assert.deepEqual([auth.Type, auth.Success, auth.Amount, auth.FundsGuaranteed], ['Auth', true, 100, null]);
    const native = await (await fetch(`${app.url}/v1/payments/${auth.Id}`, { headers: app.native() })).json();
    assert.deepEqual([(native as Json).status, (native as Json).captured], ['authorised', 0]);
  });

  for (const [what, amount, guaranteed] of [
    ['less than', 60, true],
    ['all of', 100, true],
    ['more than', 130.5, false],
  ] as const)
    it(`gives ${what} what was reserved`, async () => {
      const auth = await reserve();
      const path = `/completepreauth/paymentId=${auth.Id}&amount=${amount}`;
      const done = await provet.ask('GET', path);
      assert.deepEqual(
        [done.Type, done.Success, done.Amount, done.FundsGuaranteed, done.OriginalPaymentId],
        ['Complete', true, amount, guaranteed, auth.Id],
      );
      assert.deepEqual(await provet.ask('GET', `/payment/${done.Id}`), done);
      assert.deepEqual(await provet.ask('GET', path), done);
      const another = await provet.call('GET', `/completepreauth/paymentId=${auth.Id}&amount=1`);
      assert.equal(another.status, 409);
      const refund = await provet.ask('GET', `/refund/paymentId=${done.Id}&amount=${amount}`);
      assert.deepEqual([refund.Success, refund.OriginalPaymentId], [true, done.Id]);
    });

  it('is completed with a surcharge and notes of its own', async () => {
    const auth = await reserve();
    const body = { PaymentId: auth.Id, Amount: 80, Surcharge: 1.6, Notes: 'Rex went home' };
    const done = await provet.ask('POST', '/completepreauth', body);
    assert.deepEqual([done.Amount, done.Surcharge, done.MerchantNotes], [81.6, 1.6, 'Rex went home']);
  });

  it('is still completed when the funds are reserved no longer, without a guarantee', async () => {
    const auth = await reserve();
    await provet.advance({ by: 'P8D' });
    const done = await provet.ask('GET', `/completepreauth/paymentId=${auth.Id}&amount=100`);
    assert.deepEqual([done.Success, done.FundsGuaranteed], [true, false]);
  });

  it('that the bank does not complete may be completed by another amount', async () => {
    const auth = await reserve();
    await fetch(`${app.simulatorUrl}/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'decline', code: '51', times: 1, connector: 'windcave' }),
      headers: { 'content-type': 'application/json' },
    });
    const declined = await provet.ask('GET', `/completepreauth/paymentId=${auth.Id}&amount=120`);
    assert.deepEqual([declined.Success, declined.Pending], [false, false]);
    const done = await provet.ask('GET', `/completepreauth/paymentId=${auth.Id}&amount=100`);
    assert.equal(done.Success, true);
  });

  it('is not refunded: its Complete is', async () => {
    const auth = await reserve();
    const { status, body } = await provet.call('GET', `/refund/paymentId=${auth.Id}&amount=1`);
    assert.deepEqual([status, body.Error.Field], [400, 'paymentId']);
  });

  it('is taken once, however many ask at once', async () => {
    for (let trial = 0; trial < 5; trial += 1) {
      const auth = await reserve();
      const amounts = [100, 99, 98, 97, 96, 95, 94, 93];
      const answers = await Promise.all(
        amounts.map((amount) => provet.call('GET', `/completepreauth/paymentId=${auth.Id}&amount=${amount}`)),
      );
      const taken = answers.filter(({ status, body }) => status === 200 && body.Success);
      assert.equal(taken.length, 1, answers.map(({ status }) => status).join(' '));
    }
  });

  it('of one client is listed with what followed it', async () => {
    const mine = await provet.keepCard();
    const auth = await provet.charge(mine, { IsPreAuth: true });
    await provet.ask('GET', `/completepreauth/paymentId=${auth.Id}&amount=50`);
    const list = await provet.ask('GET', `/payment/clientid=${mine.clientId}`);
    assert.deepEqual(
      list.map(({ Type, Amount }: Json) => [Type, Amount]),
      [
        ['Auth', 100],
        ['Complete', 50],
      ],
    );
  });
});
