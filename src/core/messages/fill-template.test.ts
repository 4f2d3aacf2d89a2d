import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '#kit/language.ts';
import { measureSms } from '#kit/sms-segments.ts';
import { fillTemplate, refusalOfTemplate } from './fill-template.ts';
import { messageTextsOf, occasions, textParts } from './texts.ts';

const values = {
  supplier: 'Djurkliniken',
  amount: '1 683,00 kr',
  dueDate: '2026-12-20',
  link: 'https://pay.djurkliniken.example/pay/kq3Vw9cT0aXnB7rYpLz2UgkQ3vW9Ct0A',
};

test('values are put in as they are, and what they hold is not read again', () => {
  assert.equal(
    fillTemplate('{supplier}: {amount} {link}', { ...values, supplier: '{link}' }),
    `{link}: 1 683,00 kr ${values.link}`,
  );
  assert.equal(fillTemplate('$& {amount}', { ...values, amount: "$'$&" }), "$& $'$&");
});

test('a line about a due date is left out where there is none', () => {
  const template = 'Pay {amount}.\nBy {dueDate}.\n{link}';
  assert.equal(fillTemplate(template, { ...values, dueDate: null }), `Pay 1 683,00 kr.\n${values.link}`);
});

test('a template names what there is, leads to the bill, and is no longer than a message should be', () => {
  assert.equal(refusalOfTemplate('invitation', 'sms', '{supplier}: {amount} {link}'), undefined);
  assert.equal(refusalOfTemplate('reminder', 'sms', 'By {dueDate}: {link}'), undefined);
  assert.equal(refusalOfTemplate('overdue', 'subject', 'Bill from {supplier}'), undefined);
  const refused = [
    ['sms', 'Pay {amount}', /no \{link\}/],
    ['sms', 'By {dueDate}: {link}', /no \{link\} where there is no due date/],
    ['email', '{name} {link}', /\{name\} is not one of/],
    ['email', '{__proto__} {link}', /is not one of/],
    ['email', '{} {link}', /is not one of/],
    ['email', '{link}\u0000', /control character/],
    ['sms', `{link}${'x'.repeat(400)}`, /longer than 400/],
    ['subject', 'a\nb', /one line/],
    ['subject', '{link}', /does not belong/],
    ['subject', ' ', /empty/],
  ] as const;
  for (const [part, template, why] of refused)
    assert.match(refusalOfTemplate('invitation', part, template) ?? '', why);
});

for (const language of languages)
  test(`our own texts in ${language} are templates, and their SMS are of the plain alphabet and two segments at most`, () => {
    const texts = messageTextsOf(language);
    for (const occasion of occasions) {
      for (const part of textParts)
        assert.equal(
          refusalOfTemplate(occasion, part, texts[occasion][part]),
          undefined,
          `${occasion} ${part}`,
        );
      const size = measureSms(fillTemplate(texts[occasion].sms, values));
      assert.equal(size.encoding, 'GSM-7', occasion);
      assert.ok(size.segments <= 2, `${occasion}: ${size.segments}`);
    }
  });
