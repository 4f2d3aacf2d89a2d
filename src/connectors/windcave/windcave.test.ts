import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Inquiry, OperationRequest, Outcome } from '#kit/connector.ts';
import { currency } from '#kit/currency.ts';
import { money } from '#kit/money.ts';
import { overFetch } from '../over-fetch.ts';
import { setup } from './contract-setup.ts';
import { connector } from './index.ts';
import { openOver, readFixture } from './stub-network.ts';

const aud = currency('AUD');
const purchase: OperationRequest = {
  kind: 'purchase',
  reference: 'REFERENCE0000001',
  amount: money(14000n, aud),
  description: 'Visit 4711',
  token: '0000010009328404',
};
const approved = readFixture('txn-approved.xml');
const declined = readFixture('txn-declined.xml');
const rootOnly = readFixture('txn-root-only.xml');

type Changes = readonly (readonly [from: string | RegExp, to: string])[];
const change = (text: string, changes: Changes) =>
  changes.reduce((changed, [from, to]) => {
    const next = changed.replace(from, to);
    assert.notEqual(next, changed, `nothing to change: ${from}`);
    return next;
  }, text);

/** Answers to a purchase that look like an approval and are not one, or not ours. */
const nearApprovals: readonly (readonly [what: string, changes: Changes])[] = [
  ['Success without Authorized', [['<Authorized>1', '<Authorized>0']]],
  ['Success with Authorized missing', [['<Authorized>1</Authorized>', '']]],
  ['StatusRequired', [['<StatusRequired>0', '<StatusRequired>1']]],
  ['StatusRequired missing', [['<StatusRequired>0</StatusRequired>', '']]],
  ['Authorized without Success', [['<Success>1', '<Success>0']]],
  ['an attribute that says otherwise', [['success="1"', 'success="0"']]],
  ['no Transaction', [[/<Transaction.*<\/Transaction>/, '']]],
  ['another reference', [['REFERENCE0000001', 'REFERENCE0000002']]],
  ['no reference', [['<TxnRef>REFERENCE0000001</TxnRef>', '']]],
  ['another amount', [['<Amount>140.00', '<Amount>140.01']]],
  ['an amount a hundred times as large', [['<Amount>140.00', '<Amount>14000']]],
  ['a fraction of the minor unit', [['<Amount>140.00', '<Amount>140.001']]],
  ['another currency', [['<InputCurrencyName>AUD', '<InputCurrencyName>NZD']]],
  ['another kind of movement', [['<TxnType>Purchase', '<TxnType>Refund']]],
  ['no DpsTxnRef', [[/<DpsTxnRef>[^<]*<\/DpsTxnRef>(?=<TxnRef)/, '']]],
  ['Success in words', [['<Success>1', '<Success>true']]],
  ['a reference given twice', [['<TxnRef>', '<TxnRef>REFERENCE0000009</TxnRef><TxnRef>']]],
  [
    'another root',
    [
      [/^<Txn>/, '<Text>'],
      [/<\/Txn>\s*$/, '</Text>'],
    ],
  ],
];

async function assertNeverApproved(read: (answer: string) => Promise<Inquiry>): Promise<void> {
  for (const [what, changes] of nearApprovals) {
    assert.equal((await read(change(approved, changes))).kind, 'unknown', what);
  }
}

describe('PxPost answers', () => {
  it('are an approval with card, token and codes when all of them say so', async () => {
    assert.deepEqual(await openOver(approved).send(purchase), {
      kind: 'approved',
      processorReference: '00000001040c73ea',
      amount: purchase.amount,
      code: '00',
      authorisationCode: '101112',
      card: {
        brand: 'Mastercard',
        maskedNumber: '543111........11',
        expiry: '1230',
        holderName: 'ADA EXAMPLE',
      },
      token: '0000010009328404',
    } satisfies Outcome);
  });

  it('are unknown when anything in them speaks against an approval of what was asked', async () => {
    await assertNeverApproved((answer) => openOver(answer).send(purchase));
    await assertNeverApproved((answer) => openOver(answer).inquire(purchase));
  });

  it('are a decline of the bank with its code, of our request where Windcave refused that', async () => {
    assert.deepEqual(await openOver(declined).send(purchase), {
      kind: 'declined',
      code: '51',
      message: 'DECLINED',
      cause: 'processor',
      processorReference: '00000001040c73eb',
    });
    const refused = await openOver(change(rootOnly, [['>AF<', '>JD<']])).send(purchase);
    assert.equal(refused.kind === 'declined' && refused.cause, 'processor');
    const badLogin = await openOver(change(rootOnly, [['>AF<', '>U5<']])).send(purchase);
    assert.equal(badLogin.kind === 'declined' && badLogin.cause, 'request');
  });

  it('are not final when Windcave lost touch with the bank, until Status says the same', async () => {
    for (const code of ['U9', 'AE', 'X1']) {
      const answer = change(declined, [[/<ReCo>51/g, `<ReCo>${code}`]]);
      assert.equal((await openOver(answer).send(purchase)).kind, 'unknown');
      assert.equal((await openOver(answer).inquire(purchase)).kind, 'declined');
    }
    const retry = change(declined, [['<Retry>0', '<Retry>1']]);
    assert.equal((await openOver(retry).send(purchase)).kind, 'unknown');
    assert.equal((await openOver(retry).inquire(purchase)).kind, 'declined');
  });

  it('say nothing of the money when a reference was used before', async () => {
    const duplicate = change(rootOnly, [['TRANSACTION NOT FOUND', 'TxnId/TxnRef duplicate']]);
    assert.equal((await openOver(duplicate).send(purchase)).kind, 'unknown');
  });

  it('to an inquiry are "not found" for AF alone: a refused inquiry is not a declined payment', async () => {
    assert.deepEqual(await openOver(rootOnly).inquire(purchase), { kind: 'not-found' });
    for (const code of ['U5', 'D2', 'D4', 'D5', 'AG', 'QG', 'X1']) {
      const answer = change(rootOnly, [['>AF<', `>${code}<`]]);
      assert.equal((await openOver(answer).inquire(purchase)).kind, 'unknown', code);
    }
    const foreign = change(rootOnly, [['REFERENCE0000001', 'REFERENCE0000002']]);
    assert.equal((await openOver(foreign).inquire(purchase)).kind, 'unknown');
  });

  it('are read exactly in currencies without decimals and with three', async () => {
    for (const [code, minor, text] of [
      ['JPY', 1200n, '1200'],
      ['JPY', 1200n, '1200.00'],
      ['KWD', 1005n, '1.005'],
    ] as const) {
      const answer = change(approved, [
        ['<Amount>140.00', `<Amount>${text}`],
        ['<InputCurrencyName>AUD', `<InputCurrencyName>${code}`],
      ]);
      const amount = money(minor, currency(code));
      assert.equal((await openOver(answer).send({ ...purchase, amount })).kind, 'approved', text);
    }
  });

  it('pass on no card number, wherever it turns up', async () => {
    const pan = '4111111111111111';
    const answer = change(approved, [
      ['<CardNumber>543111........11', `<CardNumber>${pan}`],
      ['ADA EXAMPLE', `ADA ${pan}`],
    ]);
    const refusal = change(declined, [['<ResponseText>DECLINED', '<ResponseText>NO 4111 1111 1111 1111']]);
    const outcomes = [await openOver(answer).send(purchase), await openOver(refusal).send(purchase)];
    assert.deepEqual(
      outcomes.map((outcome) => outcome.kind),
      ['approved', 'declined'],
    );
    for (const outcome of outcomes) {
      const text = JSON.stringify(outcome, (_key, value) => (typeof value === 'bigint' ? 0 : value));
      assert.doesNotMatch(text, /4111 ?1111 ?1111/);
    }
  });
});

describe('PxPost requests', () => {
  it('carry the exact amount, our reference, and text that is safe for the wire', async () => {
    const processor = openOver(approved);
    await processor.send({
      ...purchase,
      amount: money(1200n, currency('JPY')),
      description: 'Ångström & <søn>\n"x"',
    });
    const [body = ''] = processor.sent;
    assert.match(body, /<Amount>1200<\/Amount><InputCurrency>JPY<\/InputCurrency>/);
    assert.match(body, /<TxnId>REFERENCE0000001<\/TxnId>/);
    assert.match(body, /<MerchantReference>Angstrom &amp; &lt;son&gt; &quot;x&quot;<\/MerchantReference>/);
  });

  it('follow an earlier movement by its DpsTxnRef, without a card', async () => {
    for (const [kind, txnType] of [
      ['complete', 'Complete'],
      ['refund', 'Refund'],
    ] as const) {
      const processor = openOver(approved);
      const { token: _token, ...rest } = purchase;
      await processor.send({ ...rest, kind, originalReference: '00000001040c73ea' });
      assert.match(processor.sent[0] ?? '', new RegExp(`<TxnType>${txnType}</TxnType>`));
      assert.match(processor.sent[0] ?? '', /<DpsTxnRef>00000001040c73ea<\/DpsTxnRef>/);
      assert.doesNotMatch(processor.sent[0] ?? '', /Card|DpsBillingId/);
    }
  });

  it('validate a card by an Auth', async () => {
    const processor = openOver(change(approved, [['<TxnType>Purchase', '<TxnType>Auth']]));
    assert.equal((await processor.send({ ...purchase, kind: 'validate' })).kind, 'approved');
    assert.match(processor.sent[0] ?? '', /<TxnType>Auth<\/TxnType>/);
  });
});

describe('a Windcave account', () => {
  it('is refused, without repeating the value, when a field cannot go on the wire', () => {
    const fields = setup.account('https://sec.windcave.com');
    for (const [name, value] of [
      ['pxPayKey', 'canary\u0000'],
      ['postPassword', ''],
      ['postPassword', 'canary-lösenord'],
      ['baseUrl', 'ftp://canary.example'],
      ['baseUrl', 'https://canary:canary@sec.windcave.com'],
    ] as const) {
      const open = () => connector.open({ ...fields, [name]: value }, overFetch(fetch, 1));
      assert.throws(
        open,
        (error: Error) => error.message.includes(name) && !error.message.includes('canary'),
      );
    }
  });
});
