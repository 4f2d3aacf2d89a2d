import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PageRequest } from '#kit/connector.ts';
import { currency } from '#kit/currency.ts';
import { money } from '#kit/money.ts';
import { openOver, readFixture } from './stub-network.ts';

const page: PageRequest = {
  kind: 'purchase',
  reference: 'REFERENCE0000001',
  amount: money(14000n, currency('AUD')),
  description: 'Visit 4711',
  storeCard: true,
  returnUrl: 'https://pay.example/return/1',
  expiresAt: new Date('2026-11-20T15:30:59Z'),
  payerEmail: 'ada@example.com',
};
const uri = 'https://sec.windcave.com/pxmi3/00ff';
const query = new URLSearchParams({ result: '0000120000123476f1519ff80a123456', userid: 'Contract_PxPay' });
const approved = readFixture('response-approved.xml');

describe('PxPay pages', () => {
  it('are asked for with the amount, the reference, one return address and a time in UTC', async () => {
    const processor = openOver(`<Request valid="1"><URI>${uri}</URI></Request>`);
    assert.deepEqual(await processor.openPage(page), { kind: 'opened', url: uri });
    const body = processor.sent[0] ?? '';
    for (const part of [
      '<TxnType>Purchase</TxnType><AmountInput>140.00</AmountInput><CurrencyInput>AUD</CurrencyInput>',
      '<TxnId>REFERENCE0000001</TxnId><EnableAddBillCard>1</EnableAddBillCard>',
      '<UrlSuccess>https://pay.example/return/1</UrlSuccess><UrlFail>https://pay.example/return/1</UrlFail>',
      '<Opt>TO=2611201530</Opt>',
    ]) {
      assert.ok(body.includes(part), part);
    }
  });

  it('are declined with the reason, whichever of the two ways Windcave says it', async () => {
    assert.deepEqual(await openOver('<Request valid="0"><URI>Invalid Key</URI></Request>').openPage(page), {
      kind: 'declined',
      code: '',
      message: 'Invalid Key',
    });
    const refused = '<Request valid="1"><Reco>IU</Reco><ResponseText>Invalid Amount</ResponseText></Request>';
    assert.deepEqual(await openOver(refused).openPage(page), {
      kind: 'declined',
      code: 'IU',
      message: 'Invalid Amount',
    });
  });

  it('are unknown for an answer that is no answer to it', async () => {
    for (const answer of [
      '<Request valid="1"/>',
      '<Request valid="2"><URI>x</URI></Request>',
      `<Request><URI>${uri}</URI></Request>`,
      `<Response valid="1"><URI>${uri}</URI></Response>`,
      '<Request valid="1"><URI>javascript:alert(1)</URI></Request>',
      '<Request valid="1"><URI>http://sec.windcave.com/pxmi3/00ff</URI></Request>',
      '<Request valid="1"><Reco>IC</Reco><ResponseText>TxnId/TxnRef duplicate</ResponseText></Request>',
    ]) {
      assert.equal((await openOver(answer).openPage(page)).kind, 'unknown', answer);
    }
  });
});

describe('PxPay returns', () => {
  it('are read as an approval of the amount settled, with the card and its token', async () => {
    assert.deepEqual(await openOver(approved).readReturn(query), {
      kind: 'read',
      reference: 'REFERENCE0000001',
      outcome: {
        kind: 'approved',
        processorReference: '00000001040c73ec',
        amount: page.amount,
        code: '00',
        authorisationCode: '101112',
        card: { brand: 'Visa', maskedNumber: '411111........11', expiry: '1230', holderName: 'ADA EXAMPLE' },
        token: '0000010009328405',
      },
    });
  });

  it('are foreign, without asking Windcave, when user id or result are not ours to read', async () => {
    const processor = openOver(approved);
    for (const text of [
      '',
      `result=${'0'.repeat(32)}`,
      `result=${'0'.repeat(32)}&userid=Other_PxPay`,
      `result=${'0'.repeat(32)}&result=${'1'.repeat(32)}&userid=Contract_PxPay`,
      'result=<x>&userid=Contract_PxPay',
      `result=${'0'.repeat(300)}&userid=Contract_PxPay`,
    ]) {
      assert.deepEqual(await processor.readReturn(new URLSearchParams(text)), { kind: 'foreign' }, text);
    }
    assert.equal(processor.sent.length, 0);
  });

  it('are foreign when Windcave does not know the token', async () => {
    const answer = '<Response valid="0"><Success/><ResponseText>Invalid Token</ResponseText></Response>';
    assert.deepEqual(await openOver(answer).readReturn(query), { kind: 'foreign' });
  });

  it('tell a cancel by the payer, a decline by the bank, and a timeout towards it apart', async () => {
    const decline = approved.replace('<Success>1', '<Success>0');
    const outcomeOf = async (answer: string) => {
      const reading = await openOver(answer).readReturn(query);
      assert.ok(reading.kind === 'read');
      return reading.outcome;
    };
    const cancelled = await outcomeOf(decline.replace('ADA EXAMPLE', 'User Cancelled'));
    assert.equal(cancelled.kind === 'declined' && cancelled.cause, 'payer');
    const refused = await outcomeOf(decline.replace('<ReCo>00', '<ReCo>05'));
    assert.equal(refused.kind === 'declined' && refused.cause, 'processor');
    assert.equal((await outcomeOf(decline.replace('<ReCo>00', '<ReCo>U9'))).kind, 'unknown');
  });

  it('leave the outcome unknown when the approval lacks an amount or a reference, or settles other money than was asked for', async () => {
    for (const [from, to] of [
      ['<AmountSettlement>140.00', '<AmountSettlement>'],
      ['<AmountSettlement>140.00', '<AmountSettlement>1.40'],
      ['<TxnData1>140.00', '<TxnData1>'],
      ['<CurrencySettlement>AUD', '<CurrencySettlement>XXX'],
      ['<CurrencySettlement>AUD', '<CurrencySettlement>NZD'],
      ['<DpsTxnRef>00000001040c73ec', '<DpsTxnRef>'],
      ['<Success>1', '<Success>yes'],
    ] as const) {
      const reading = await openOver(approved.replace(from, to)).readReturn(query);
      assert.equal(reading.kind === 'read' && reading.outcome.kind, 'unknown', to);
    }
  });

  it('are unavailable when Windcave cannot be asked', async () => {
    const broken = openOver(() => new Response('', { status: 500 }));
    assert.deepEqual(await broken.readReturn(query), { kind: 'unavailable', detail: 'HTTP 500' });
    const anonymous = approved.replace('<TxnId>REFERENCE0000001', '<TxnId>');
    assert.equal((await openOver(anonymous).readReturn(query)).kind, 'unavailable');
  });
});
