import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currency } from '#kit/currency.ts';
import { languages } from '#kit/language.ts';
import { money } from '#kit/money.ts';
import { readPdfText } from './fixtures/read-pdf-text.ts';
import { invoiceView, items } from './fixtures/views.ts';
import { renderInvoicePdf } from './invoice-pdf.ts';
import { invoiceTextsOf } from './invoice-texts.ts';
import { paymentCode } from './payment-code.ts';
import { textsOf } from './texts.ts';

test('the PDF invoice names seller, customer, lines, VAT, total, due date, number and account', async () => {
  const text = readPdfText(await renderInvoicePdf(invoiceView('sv')));
  const expected = [
    'Faktura',
    'Södermalms Djurklinik AB',
    'Organisationsnummer 556677-8899',
    'Bertil Jönsson',
    '702 10 Örebro',
    'Hälsoundersökning hund',
    '1 683,00 kr',
    '298,80 kr',
    '20 november 2026',
    '20 december 2026',
    '471100012348',
    'Bankgiro',
    '5050-1055',
    'SE35 5000 0000 0549 1000 0003',
    'Test: inte en giltig faktura',
  ];
  for (const part of expected) assert.ok(text.includes(part), `${part} is missing from:\n${text}`);
});

test('an invoice speaks the language of its link, each of those there are', async () => {
  for (const language of languages) {
    const text = readPdfText(await renderInvoicePdf(invoiceView(language)));
    assert.ok(text.includes(invoiceTextsOf(language).payAtBank), language);
  }
});

test('an invoice of a few lines is one page in every language', async () => {
  for (const language of languages) {
    const text = readPdfText(await renderInvoicePdf(invoiceView(language)));
    assert.ok(!text.includes(textsOf(language).receipt.page(1, 2)), language);
  }
});

test('the same view always gives the same bytes', async () => {
  assert.deepEqual(await renderInvoicePdf(invoiceView('en')), await renderInvoicePdf(invoiceView('en')));
});

test('a long invoice keeps what a payer needs together on its last page', async () => {
  const long = Array.from({ length: 30 }, () => items).flat();
  const text = readPdfText(await renderInvoicePdf({ ...invoiceView('en'), items: long }));
  const last = text.slice(text.lastIndexOf('Pay at your bank'));
  for (const part of ['OCR number', '471100012348', 'Scan to pay online'])
    assert.ok(last.includes(part), last);
});

test('a banking app reads number, account, days and the exact amount off a krona invoice', () => {
  const code = paymentCode({ ...invoiceView('sv'), total: money(168305n, currency('SEK')) });
  assert.ok(code?.includes('"due":1683.05'), code);
  assert.deepEqual(JSON.parse(code ?? ''), {
    uqr: 1,
    tp: 1,
    nme: 'Södermalms Djurklinik AB',
    cid: '556677-8899',
    iref: '471100012348',
    idt: '20261120',
    ddt: '20261220',
    due: 1683.05,
    cur: 'SEK',
    pt: 'BG',
    acc: '5050-1055',
  });
});

test('a euro invoice to an IBAN has the code of the European Payments Council', () => {
  const code = paymentCode({ ...invoiceView('fi'), total: money(1230n, currency('EUR')) });
  assert.deepEqual(code?.split('\n'), [
    'BCD',
    '002',
    '1',
    'SCT',
    'ESSESESS',
    'Södermalms Djurklinik AB',
    'SE3550000000054910000003',
    'EUR12.30',
    '',
    '',
    '471100012348',
  ]);
});

test('an account that no code can name has none, and the invoice is drawn all the same', async () => {
  const view = invoiceView('en');
  const bank = { ...view.bank, account: { account: '5491-0000003' } };
  assert.equal(paymentCode({ ...view, bank }), undefined);
  assert.ok(readPdfText(await renderInvoicePdf({ ...view, bank })).includes('5491-0000003'));
});
