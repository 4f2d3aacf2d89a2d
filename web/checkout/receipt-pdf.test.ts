import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney } from '#kit/format-money.ts';
import { languages } from '#kit/language.ts';
import { readPdfText } from './fixtures/read-pdf-text.ts';
import { items, paidView } from './fixtures/views.ts';
import { formatInstant, formatPercent } from './format.ts';
import { renderReceiptPdf } from './receipt-pdf.ts';
import { textsOf } from './texts.ts';

test('the PDF receipt names seller, lines, VAT, total, time, means of payment and reference', async () => {
  const text = readPdfText(await renderReceiptPdf(paidView('sv')));
  const expected = [
    'Kvitto',
    'Södermalms Djurklinik AB',
    'Organisationsnummer 556677-8899',
    'Hälsoundersökning hund',
    '1,5 kg',
    '–100,00 kr',
    '1 683,00 kr',
    '298,80 kr',
    '20 november 2026 kl. 10:41',
    'Kort, Visa •••• 1111',
    'F-2026-004711',
    '2026-000123',
    'Test: inte ett giltigt kvitto',
  ];
  for (const part of expected) assert.ok(text.includes(part), `${part} is missing from:\n${text}`);
});

for (const language of languages)
  test(`the receipt in ${language} has its VAT summary, its total and its instant as readers of ${language} write them`, async () => {
    const view = paidView(language);
    const texts = textsOf(language);
    const text = readPdfText(await renderReceiptPdf(view)).replaceAll('\n', ' ');
    const shown = (value: string) => value.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('\u2212', '–');
    for (const part of [
      texts.receipt.title,
      texts.receipt.vatSummary,
      texts.receipt.net,
      texts.receipt.gross,
      texts.receipt.testMode,
      formatMoney(view.total, texts.locale),
      formatPercent('12', texts.locale),
      formatInstant(view.receipt.paidAt, texts.locale, view.receipt.timeZone),
    ])
      assert.ok(text.includes(shown(part)), `${part} is missing from: ${text}`);
  });

test('the same view always gives the same bytes', async () => {
  assert.deepEqual(await renderReceiptPdf(paidView('en')), await renderReceiptPdf(paidView('en')));
});

test('a long receipt goes on over numbered pages', async () => {
  const long = Array.from({ length: 30 }, () => items).flat();
  const text = readPdfText(await renderReceiptPdf({ ...paidView('en'), items: long }));
  const pages = text.match(/Page \d of \d/g);
  assert.deepEqual(pages, ['Page 1 of 5', 'Page 2 of 5', 'Page 3 of 5', 'Page 4 of 5', 'Page 5 of 5']);
  assert.equal(text.split('Friskvårdsrabatt').length - 1, 30);
});

test('letters the standard fonts lack are written as their nearest, and never as another letter', async () => {
  const [first] = items;
  assert.ok(first);
  const description = 'Žofie Świątek ½ l „mleko“ 犬 🐶 \u202eevil';
  const text = readPdfText(await renderReceiptPdf({ ...paidView('en'), items: [{ ...first, description }] }));
  assert.ok(text.replaceAll('\n', ' ').includes('Žofie Swiatek'), text);
  assert.ok(text.replaceAll('\n', ' ').includes('„mleko“'), text);
});
