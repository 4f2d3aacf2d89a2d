import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { currency, currencyCodes } from '#kit/currency.ts';
import { formatMoney } from '#kit/format-money.ts';
import { languages } from '#kit/language.ts';
import { formatDecimal, maxMinor, money } from '#kit/money.ts';
import { formatDay, formatInstant, formatPercent, formatQuantity } from './format.ts';
import { textsOf } from './texts.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('amounts are written as readers of the language write them', () => {
  assert.equal(plain(formatMoney(money(168300n, currency('SEK')), 'sv-SE')), '1 683,00 kr');
  assert.equal(plain(formatMoney(money(168300n, currency('SEK')), 'en-GB')), 'SEK 1,683.00');
  assert.equal(plain(formatMoney(money(1500n, currency('JPY')), 'en-GB')), 'JP¥1,500');
  assert.equal(plain(formatMoney(money(1234n, currency('KWD')), 'en-GB')), 'KWD 1.234');
});

test('no amount loses or gains a digit in any currency and language', () => {
  const code = fc.constantFrom(...currencyCodes);
  const locale = fc.constantFrom(...languages.map((language) => textsOf(language).locale));
  fc.assert(
    fc.property(fc.bigInt({ min: -maxMinor, max: maxMinor }), code, locale, (minor, name, tag) => {
      const amount = money(minor, currency(name));
      assert.equal(formatMoney(amount, tag).replace(/\D/g, ''), formatDecimal(amount).replace(/\D/g, ''));
    }),
  );
});

test('quantities and percentages keep the decimals they were given', () => {
  assert.equal(formatQuantity('1.5', 'sv-SE'), '1,5');
  assert.equal(plain(formatPercent('11.1', 'sv-SE')), '11,1 %');
  assert.equal(formatPercent('25', 'en-GB'), '25%');
});

test('a due date is a calendar day, and an instant is told in the tenant’s zone', () => {
  assert.equal(formatDay('2026-12-20', 'sv-SE'), '20 december 2026');
  assert.equal(formatInstant('2026-12-31T23:30:00Z', 'en-GB', 'Europe/Stockholm'), '1 January 2027 at 00:30');
});
