import assert from 'node:assert/strict';
import { test } from 'node:test';
import { luhnDigit, passesLuhn } from './luhn.ts';

test('a reference ends in the digit the bank computes', () => {
  assert.equal(luhnDigit('1234567'), '4');
  assert.ok(passesLuhn('12345674'));
});

test('no single wrong digit passes, nor two neighbours exchanged, but for 09 and 90', () => {
  const digits = '12345674';
  for (let index = 0; index < digits.length; index += 1) {
    for (const wrong of '0123456789') {
      const changed = `${digits.slice(0, index)}${wrong}${digits.slice(index + 1)}`;
      assert.equal(passesLuhn(changed), changed === digits, changed);
    }
    const exchanged = `${digits.slice(0, index)}${digits[index + 1] ?? ''}${digits[index]}${digits.slice(index + 2)}`;
    assert.equal(passesLuhn(exchanged), exchanged === digits, exchanged);
  }
});
