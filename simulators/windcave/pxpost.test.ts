import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { manualClock } from '#kit/clock.ts';
import { type Merchant, nextTxnId, pick, purchaseFields, startMerchant } from './test-merchant.ts';

describe('PxPost of the simulator', () => {
  const clock = manualClock(new Date('2026-11-20T10:11:12Z'));
  let merchant: Merchant;
  before(async () => {
    merchant = await startMerchant({ clock });
  });
  after(() => merchant.close());

  const send = (fields: Record<string, string>) => merchant.pxPost({ TxnId: nextTxnId(), ...fields });
  const follow = (TxnType: string, original: string, Amount: string) =>
    send({ TxnType, Amount, DpsTxnRef: pick(original, 'DpsTxnRef') });

  const cards: readonly (readonly [what: string, code: string, fields: Record<string, string>])[] = [
    ['Visa', '00', {}],
    ['Mastercard of the 2 series', '00', { CardNumber: '2223000010000005' }],
    ['American Express', '00', { CardNumber: '371111111111114' }],
    ['Diners', '00', { CardNumber: '36000000000008' }],
    ['do not honour', '05', { CardNumber: '4999999999999236' }],
    ['invalid transaction', '12', { CardNumber: '4999999999999269' }],
    ['format error', '30', { CardNumber: '5431111111111301' }],
    ['insufficient funds', '51', { CardNumber: '5431111111111228' }],
    ['expired by the bank', '54', { CardNumber: '4999999999999996' }],
    ['bank timeout', 'U9', { CardNumber: '4999999999999202' }],
    ['a brand that is not accepted', 'AQ', { CardNumber: '4444555566669999' }],
    ['a number that fails Luhn', 'QK', { CardNumber: '4111111111111119' }],
    ['the listed number that fails Luhn without saying so', 'QK', { CardNumber: '5999999999999108' }],
    ['last month', '54', { DateExpiry: '1026' }],
    ['this month', '00', { DateExpiry: '1126' }],
    ['month thirteen', 'QI', { DateExpiry: '1330' }],
    ['an amount in .76', '76', { Amount: '1.76' }],
    ['an amount in 76 of a currency without decimals', '00', { Amount: '176', InputCurrency: 'JPY' }],
    ['Luhn before the amount', 'QK', { CardNumber: '4111111111111119', Amount: '1.76' }],
    ['the card before the amount', '05', { CardNumber: '4999999999999236', Amount: '1.76' }],
    ['the date before the card', '54', { CardNumber: '4999999999999236', DateExpiry: '0120' }],
    ['too many decimals', 'A8', { Amount: '1.001' }],
    ['an unknown currency', 'Q8', { InputCurrency: 'XXX' }],
    ['an unknown kind', 'QG', { TxnType: 'Teleport' }],
    ['a token that does not exist', 'JD', { CardNumber: '', DpsBillingId: '0000110000000000' }],
    ['a wrong password', 'U5', { PostPassword: 'wrong' }],
  ];
  for (const [what, code, fields] of cards) {
    it(`answers ${code} to ${what}`, async () => {
      const answer = await merchant.pxPost(purchaseFields(fields));
      assert.equal(pick(answer, 'ReCo'), code);
      assert.equal(pick(answer, 'Success'), code === '00' ? '1' : '0');
    });
  }

  it('writes an approval in the captured shape', async () => {
    const fields = purchaseFields();
    const answer = await merchant.pxPost(fields);
    assert.match(answer, /^<Txn><Transaction success="1" reco="00" responseText="APPROVED" pxTxn="true">/);
    const expected = {
      Authorized: '1',
      StatusRequired: '0',
      Retry: '0',
      RxDate: '20261120101112',
      AuthCode: '101112',
      CurrencyId: '36',
      InputCurrencyName: 'AUD',
      CardNumber: '411111........11',
      CardHolderName: 'ADA EXAMPLE',
      HelpText: 'Transaction Approved',
      TxnRef: fields.TxnId,
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(pick(answer, name), value, name);
    assert.match(pick(answer, 'DpsTxnRef'), /^[0-9a-f]{16}$/);
    assert.match(pick(answer, 'TxnMac'), /^[0-9A-F]{8}$/);
    assert.doesNotMatch(answer, /4111111111111111/);
  });

  it('keeps refunds within the original: J2 beyond it, J1 without one', async () => {
    const original = await merchant.pxPost(purchaseFields());
    const codes = [];
    for (const amount of ['4.00', '6.01', '6.00', '0.01']) {
      codes.push(pick(await follow('Refund', original, amount), 'ReCo'));
    }
    assert.deepEqual(codes, ['00', 'J2', '00', 'J2']);
    const stranger = '<DpsTxnRef>0000000bffffffff</DpsTxnRef>';
    assert.equal(
      pick(
        await send({
          TxnType: 'Refund',
          Amount: '1',
          InputCurrency: 'AUD',
          DpsTxnRef: pick(stranger, 'DpsTxnRef'),
        }),
        'ReCo',
      ),
      'J1',
    );
    assert.equal(
      pick(await send({ TxnType: 'Refund', Amount: '1', InputCurrency: 'AUD', DpsTxnRef: 'x' }), 'ReCo'),
      'QD',
    );
  });

  it('refunds a hundred parts sent at once no further than the original', async () => {
    const original = await merchant.pxPost(purchaseFields({ Amount: '10.00' }));
    const answers = await Promise.all(Array.from({ length: 100 }, () => follow('Refund', original, '1.00')));
    assert.equal(answers.filter((answer) => pick(answer, 'Success') === '1').length, 10);
  });

  it('completes an Auth once, for less or more, and refunds what was completed', async () => {
    const auth = await merchant.pxPost(purchaseFields({ TxnType: 'Auth' }));
    assert.equal(pick(await follow('Refund', auth, '1.00'), 'ReCo'), 'J1');
    const complete = await follow('Complete', auth, '12.00');
    assert.equal(pick(complete, 'ReCo'), '00');
    assert.equal(pick(await follow('Complete', auth, '1.00'), 'ReCo'), '12');
    assert.equal(pick(await follow('Refund', complete, '12.00'), 'ReCo'), '00');
    assert.equal(
      pick(await follow('Complete', await merchant.pxPost(purchaseFields()), '1.00'), 'ReCo'),
      '12',
    );
  });

  it('answers a repeated TxnId with the first result, and another request under it with a duplicate', async () => {
    const fields = purchaseFields();
    const first = await merchant.pxPost(fields);
    assert.equal(await merchant.pxPost(fields), first);
    const other = await merchant.pxPost({ ...fields, Amount: '10.01' });
    assert.equal(pick(other, 'ResponseText'), 'TxnId/TxnRef duplicate');
    assert.equal(pick(other, 'Success'), '0');
    const rows = (await merchant.book()).filter((row) => row.reference === fields.TxnId);
    assert.deepEqual(
      rows.map((row) => row.outcome),
      ['approved', 'none', 'none'],
    );
  });

  it('tells by Status what it answered before, the same U9 too, and AF of what it never heard of', async () => {
    for (const CardNumber of ['4111111111111111', '4999999999999202']) {
      const fields = purchaseFields({ CardNumber });
      const answer = await merchant.pxPost(fields);
      assert.equal(await merchant.pxPost({ TxnType: 'Status', TxnId: fields.TxnId ?? '' }), answer);
    }
    assert.equal(pick(await merchant.pxPost({ TxnType: 'Status', TxnId: 'NEVER' }), 'ReCo'), 'AF');
  });

  it('lets a stored card be declined later where its holder was named so', async () => {
    const stored = await merchant.pxPost(
      purchaseFields({ EnableAddBillCard: '1', CardHolderName: 'SIM LATER 51' }),
    );
    assert.equal(pick(stored, 'ReCo'), '00');
    const DpsBillingId = pick(stored, 'DpsBillingId');
    assert.match(DpsBillingId, /^\d{16}$/);
    assert.equal(pick(await merchant.pxPost(purchaseFields({ CardNumber: '', DpsBillingId })), 'ReCo'), '51');
  });

  it('keeps merchants apart: neither records, tokens nor originals of another are found', async () => {
    const mine = purchaseFields({ EnableAddBillCard: '1' });
    const answer = await merchant.pxPost(mine);
    const asOther = (fields: Record<string, string>) => send({ PostUsername: 'Other_PxPost', ...fields });
    assert.equal(pick(await asOther({ TxnType: 'Status', TxnId: mine.TxnId ?? '' }), 'ReCo'), 'AF');
    const DpsBillingId = pick(answer, 'DpsBillingId');
    assert.equal(
      pick(await asOther({ TxnType: 'Purchase', Amount: '1', InputCurrency: 'AUD', DpsBillingId }), 'ReCo'),
      'JD',
    );
    const DpsTxnRef = pick(answer, 'DpsTxnRef');
    assert.equal(
      pick(await asOther({ TxnType: 'Refund', Amount: '1', InputCurrency: 'AUD', DpsTxnRef }), 'ReCo'),
      'J1',
    );
  });

  it('does not know a young movement while its status service lags, and knows it afterwards', async () => {
    const fields = purchaseFields();
    await merchant.pxPost(fields);
    const ask = async () =>
      pick(await merchant.pxPost({ TxnType: 'Status', TxnId: fields.TxnId ?? '' }), 'ReCo');
    await merchant.setFault({ kind: 'status-lags', times: 2 });
    assert.equal(await ask(), 'AF');
    clock.advance(5000);
    assert.equal(await ask(), '00');
  });
});
