import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from './kit/clock.ts';
import { ownAddressReader } from './own-addresses.ts';

test('an address that the machine gets is its own ten seconds later, and is not asked for with every callback', () => {
  const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
  const card = { eth0: [{ address: '203.0.113.7' }, { address: 'fe80::1%eth0' }] };
  let asked = 0;
  const read = ownAddressReader(clock, () => {
    asked += 1;
    return card;
  });
  assert.deepEqual(read(), ['203.0.113.7', 'fe80::1']);
  card.eth0.push({ address: '203.0.113.8' });
  clock.advance(9_999);
  assert.deepEqual([read(), asked], [['203.0.113.7', 'fe80::1'], 1]);
  clock.advance(1);
  assert.deepEqual([read(), asked], [['203.0.113.7', 'fe80::1', '203.0.113.8'], 2]);
});
