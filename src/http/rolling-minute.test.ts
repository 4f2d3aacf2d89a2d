import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rollingMinute } from './rolling-minute.ts';

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1_000);

it('allows what the last minute leaves, and says after how many seconds more is allowed', () => {
  const minute = rollingMinute();
  assert.equal(minute.take('a', 2, 3, at(0)), 0);
  assert.equal(minute.take('a', 1, 3, at(20)), 0);
  assert.equal(minute.take('a', 1, 3, at(30)), 31);
  assert.equal(minute.take('a', 3, 3, at(30)), 51);
  assert.equal(minute.take('b', 3, 3, at(30)), 0, 'another one’s');
  assert.equal(minute.take('a', 1, 3, at(60)), 1);
  assert.equal(minute.take('a', 1, 3, at(61)), 0, 'refused requests cost nothing');
  assert.equal(minute.take('a', 99, 3, at(300)), 0, 'what costs more than there is may be asked by itself');
});
