import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { micrLine } from './micr.ts';
import { renderCheck } from './render-check.ts';
import { renderEop } from './render-eop.ts';
import type { PaymentView } from './view.ts';
import { inWords } from './words.ts';

const view: PaymentView = {
  payer: { name: 'EVERY HEALTH TPA', lines: ['1 PAYER WAY', 'OKLAHOMA CITY, OK 73102'] },
  payee: { name: 'MAIN STREET CLINIC', lines: ['200 MAIN ST', 'TULSA, OK 74103'] },
  sendTo: { name: 'MAIN STREET CLINIC', lines: ['200 MAIN ST', 'TULSA, OK 74103'] },
  bankName: 'FIRST EXAMPLE BANK',
  routingNumber: '121042882',
  accountNumber: '9900112233',
  reference: 'EVRYHEALTH002',
  traceNumber: '1000001',
  method: 'Check',
  date: '2025-01-02',
  amount: 15_000n,
  memo: 'Claims of December',
  claims: [
    {
      patient: 'JANE DOE',
      controlNumber: 'PAT-100',
      payerControlNumber: 'PAYERCLM001',
      dates: '2024-12-15',
      charge: 15_000n,
      adjustments: [
        { code: 'CO-45', amount: 3_000n },
        { code: 'PR-1', amount: 2_000n },
      ],
      responsibility: 2_000n,
      paid: 10_000n,
    },
  ],
  adjustments: [{ name: 'WO OVERPAY-77', amount: 1_000n }],
  madeAt: new Date('2025-01-02T14:30:00Z'),
  isTest: false,
  isVoided: false,
};

/** The text that a PDF shows, its strings put together in the order in which they are set. */
function textOf(pdf: Buffer): string {
  const streams = pdf.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g);
  return [...streams]
    .map(([, data = '']) => inflateSync(Buffer.from(data, 'latin1')).toString('latin1'))
    .flatMap((content) => [...content.matchAll(/<([0-9a-f]+)>/g)])
    .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
    .join('');
}

describe('the papers of a payment', () => {
  it('explain who paid whom how much for what, claim by claim', async () => {
    const text = textOf(await renderEop(view));
    for (const part of [
      'EVERY HEALTH TPA',
      'MAIN STREET CLINIC',
      '1000001',
      'PAT-100',
      'CO-45',
      '$30.00',
      '-$10.00',
      '$150.00',
    ])
      assert.ok(text.includes(part), `${part} in ${text}`);
  });

  it('have on a check the amount in figures and in words', async () => {
    const text = textOf(await renderCheck(view));
    for (const part of ['PAY TO THE ORDER OF', '**$150.00', 'ONE HUNDRED FIFTY AND 00/100 DOLLARS'])
      assert.ok(text.includes(part), part);
    assert.ok(!text.includes('VOID'));
    assert.ok(textOf(await renderCheck({ ...view, isVoided: true })).includes('VOID'));
  });

  it('are the same bytes whenever they are made', async () => {
    assert.deepEqual(await renderEop(view), await renderEop(view));
    assert.deepEqual(await renderCheck(view), await renderCheck(view));
  });

  it('go on to more pages where there are many claims', async () => {
    const claims = Array.from({ length: 120 }, () => view.claims[0] ?? assert.fail());
    const pdf = await renderEop({ ...view, claims });
    assert.ok([...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length > 3);
  });

  it('have the MICR line in its positions, counted from the right', () => {
    const line = micrLine(view);
    assert.equal(line.length, 65);
    const fromRight = (from: number, to: number) => line.slice(65 - to, 65 - from + 1);
    assert.equal(fromRight(33, 43), 'T121042882T');
    assert.equal(fromRight(14, 32).trim(), '9900112233U');
    assert.equal(fromRight(45, 65).trim(), 'U1000001U');
    assert.equal(fromRight(1, 13).trim(), '');
  });

  it('spell every amount that a check may be for', () => {
    assert.equal(inWords(5n), 'ZERO AND 05/100 DOLLARS');
    assert.equal(
      inWords(1_234_567_89n),
      'ONE MILLION TWO HUNDRED THIRTY-FOUR THOUSAND FIVE HUNDRED SIXTY-SEVEN AND 89/100 DOLLARS',
    );
    assert.equal(inWords(1_000_000_000_000n), 'TEN BILLION AND 00/100 DOLLARS');
  });
});
