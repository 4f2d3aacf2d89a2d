/** The overview's test cards, each entered on the hosted page by a client of its own. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { payOnPage } from '#test/support/ping-client.ts';
import { newClient, type ProvetClient, provetClient } from '#test/support/provet-client.ts';

let app: TestApp;
let provet: ProvetClient;
before(async () => {
  app = await startTestApp();
  provet = provetClient(app);
});
after(() => app.stop());

async function openPage(): Promise<{ Url: string; ClientId: string }> {
  const request = { RedirectUrl: 'https://clinic.example/back', Currency: 'AUD', Client: newClient };
  return provet.ask('POST', '/card', request);
}

const good: readonly [number: string, type: string, masked: string][] = [
  ['4111 1111 1111 1111', 'Visa', '411111........11'],
  ['4242 4242 4242 4242', 'Visa', '424242........42'],
  ['4999 9999 9999 9103', 'Visa', '499999........03'],
  ['5431 1111 1111 1111', 'Mastercard', '543111........11'],
  ['5123 4558 0630 8521', 'Mastercard', '512345........21'],
  ['5123 4590 4605 8920', 'Mastercard', '512345........20'],
  ['2223 0000 1000 0005', 'Mastercard', '222300........05'],
];

/** The last is listed without a remark, and fails all the same. */
const failingLuhn = [
  '4111 1111 1111 1119',
  '4999 9999 9999 9109',
  '4999 9999 9999 9108',
  '5999 9999 9999 9108',
];

describe('of the overview’s test cards', () => {
  for (const [number, type, masked] of good)
    it(`${number} is kept and charged`, async () => {
      const { Url, ClientId } = await openPage();
      await payOnPage(Url, number);
      const [kept] = await provet.ask('GET', `/paymentmethods/clientid=${ClientId}`);
      assert.deepEqual([kept.CardType, kept.MaskedCardNumber, kept.DeletedOn], [type, masked, null]);
      const paid = await provet.charge({ clientId: ClientId, paymentMethodId: kept.Id });
      assert.deepEqual([paid.Success, paid.CardType, paid.MaskedCardNumber], [true, type, masked]);
    });

  for (const number of failingLuhn)
    it(`${number}, which fails the Luhn check, is refused on the page; the right one is then kept`, async () => {
      const { Url, ClientId } = await openPage();
      await assert.rejects(payOnPage(Url, number), /the page answered/);
      assert.deepEqual(await provet.ask('GET', `/paymentmethods/clientid=${ClientId}`), []);
      await payOnPage(Url, '4111 1111 1111 1111');
      assert.equal((await provet.ask('GET', `/paymentmethods/clientid=${ClientId}`)).length, 1);
    });
});
