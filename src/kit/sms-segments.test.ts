import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureSms } from './sms-segments.ts';

test('a Swedish text is GSM-7 and an emoji makes it UCS-2', () => {
  assert.deepEqual(measureSms('Hej Åsa! Räkningen: 140 kr'), { encoding: 'GSM-7', units: 26, segments: 1 });
  assert.deepEqual(measureSms('Hej 🐶'), { encoding: 'UCS-2', units: 6, segments: 1 });
  assert.deepEqual(measureSms(''), { encoding: 'GSM-7', units: 0, segments: 1 });
});

test('the euro sign and brackets take two septets', () => {
  assert.equal(measureSms('€[]{}\\^~|').units, 18);
});

test('a text is cut where the networks cut it', () => {
  assert.equal(measureSms('a'.repeat(160)).segments, 1);
  assert.equal(measureSms('a'.repeat(161)).segments, 2);
  assert.equal(measureSms('a'.repeat(306)).segments, 2);
  assert.equal(measureSms('a'.repeat(307)).segments, 3);
  assert.equal(measureSms('ж'.repeat(70)).segments, 1);
  assert.equal(measureSms('ж'.repeat(71)).segments, 2);
  assert.equal(measureSms('ж'.repeat(134)).segments, 2);
  assert.equal(measureSms('ж'.repeat(135)).segments, 3);
});

test('neither an escaped character nor a surrogate pair is cut in two', () => {
  assert.equal(measureSms(`${'a'.repeat(152)}€${'a'.repeat(152)}`).segments, 3);
  assert.equal(measureSms(`${'ж'.repeat(66)}🐶${'ж'.repeat(66)}`).segments, 3);
});
