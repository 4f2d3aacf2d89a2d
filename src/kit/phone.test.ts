import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalisePhone } from './phone.ts';

test('a national number is read as one of the default country', () => {
  assert.equal(normalisePhone('0700000000', 'SE'), '+46700000000');
  assert.equal(normalisePhone('070-000 00 00', 'SE'), '+46700000000');
  assert.equal(normalisePhone('412 34 567', 'NO'), '+4741234567');
  assert.equal(normalisePhone('(555) 555-0100', 'US'), '+15555550100');
});

test('a number with a country code keeps its country', () => {
  assert.equal(normalisePhone('+46 70 000 00 00', 'NO'), '+46700000000');
  assert.equal(normalisePhone('0046700000000', 'NO'), '+46700000000');
  assert.equal(normalisePhone('+46700000000', 'SE'), '+46700000000');
});

test('text that is not wholly one telephone number is refused', () => {
  const refused = [
    '',
    '07',
    '070abc',
    'call 0700000000',
    '0700000000 ext 5',
    '+4670000000000000',
    '+46700000000\r\nBcc: x',
  ];
  for (const text of [...refused, '0'.repeat(65_536), ' '.repeat(65_536)])
    assert.equal(normalisePhone(text, 'SE'), undefined, text.slice(0, 40));
  assert.equal(normalisePhone('0700000000', 'XX'), undefined);
});
