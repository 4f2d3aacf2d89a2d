import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Merchant, nextTxnId, pageFields, pick, startMerchant } from './test-merchant.ts';

describe('PxPay of the simulator', () => {
  let merchant: Merchant;
  before(async () => {
    merchant = await startMerchant();
  });
  after(() => merchant.close());

  const generate = (fields: Record<string, string> = {}) =>
    merchant.pxPay('GenerateRequest', { ...pageFields(), ...fields });

  it('opens a page at an address nobody can guess', async () => {
    const answer = await generate();
    assert.match(
      answer,
      /^<Request valid="1"><URI>http:\/\/localhost:\d+\/pxmi3\/[0-9a-f]{80}<\/URI><\/Request>$/,
    );
  });

  const refusals: readonly (readonly [code: string, what: string, fields: Record<string, string>])[] = [
    ['IQ', 'a TxnType it does not have', { TxnType: 'Refund' }],
    ['IT', 'an unknown currency', { CurrencyInput: 'ABC' }],
    ['IU', 'an amount with too many decimals', { AmountInput: '1.001' }],
    ['IU', 'decimals in a currency without', { AmountInput: '100.50', CurrencyInput: 'JPY' }],
    ['IK', 'a query in UrlSuccess', { UrlSuccess: 'https://shop.example/return?x=1' }],
    ['IL', 'a query in UrlFail', { UrlFail: 'https://shop.example/return?x=1' }],
    ['NO', 'text that is not ASCII', { MerchantReference: 'Müller' }],
    ['NT', 'a key that is not 64 long', { PxPayKey: 'abc' }],
  ];
  for (const [code, what, fields] of refusals) {
    it(`refuses ${what} with ${code}`, async () => {
      const answer = await generate(fields);
      assert.match(answer, /^<Request valid="1"><Reco>/);
      assert.equal(pick(answer, 'Reco'), code);
      assert.equal(pick(answer, 'URI'), '');
    });
  }

  it('puts the error into URI where login or form is wrong', async () => {
    assert.equal(
      await generate({ PxPayKey: '' }),
      '<Request valid="0"><URI>userpass too short</URI></Request>',
    );
    assert.equal(
      await generate({ PxPayKey: 'z'.repeat(64) }),
      '<Request valid="0"><URI>Invalid Key</URI></Request>',
    );
  });

  it('refuses a TxnId that was used before', async () => {
    const TxnId = nextTxnId();
    await generate({ TxnId });
    assert.equal(pick(await generate({ TxnId }), 'ResponseText'), 'TxnId/TxnRef duplicate');
  });

  it('understands the four ways in which clients send the document', async () => {
    const document = (txnId: string) =>
      '<GenerateRequest><PxPayUserId>Clinic_PxPay</PxPayUserId>' +
      `<PxPayKey>${'abcdef01'.repeat(8)}</PxPayKey><TxnType>Purchase</TxnType><AmountInput>1.00</AmountInput>` +
      `<CurrencyInput>AUD</CurrencyInput><TxnId>${txnId}</TxnId><UrlSuccess>https://shop.example/</UrlSuccess>` +
      '<UrlFail>https://shop.example/</UrlFail></GenerateRequest>';
    const ways: readonly (readonly [type: string, body: string])[] = [
      ['application/xml', document(nextTxnId())],
      ['text/xml; charset=utf-8', document(nextTxnId())],
      ['application/x-www-form-urlencoded', document(nextTxnId())],
      ['application/x-www-form-urlencoded', new URLSearchParams({ xml: document(nextTxnId()) }).toString()],
    ];
    for (const [type, body] of ways) {
      const response = await fetch(`${merchant.url}/pxaccess/pxpay.aspx`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      assert.match(response.headers.get('content-type') ?? '', /^application\/xhtml\+xml/);
      assert.match(await response.text(), /<URI>http/, type);
    }
  });

  it('knows no result before the payer has done something, and none that it did not give', async () => {
    await generate();
    const answer = await merchant.pxPay('ProcessResponse', { Response: '0'.repeat(32) });
    assert.match(answer, /^<Response valid="0"><Success\/>/);
  });
});
