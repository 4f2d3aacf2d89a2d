import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from './clock.ts';
import { idsAt, isUuid } from './ids.ts';

test('an id is a version 4 UUID by its form, greater than every one of an earlier millisecond, and never given twice', () => {
  const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
  const ids = idsAt(clock);
  const waves = Array.from({ length: 20 }, () => {
    clock.advance(1);
    return Array.from({ length: 200 }, () => ids.uuid());
  });
  for (const id of waves.flat()) {
    assert.ok(isUuid(id), id);
    assert.match(id, /^[0-9a-f-]{14}4[0-9a-f]{3}-[89ab]/);
  }
  assert.deepEqual(
    waves.flatMap((wave) => wave.toSorted()),
    waves.flat().toSorted(),
    'waves do not overlap',
  );
  assert.equal(new Set(waves.flat()).size, 4_000);
});

test('of ids of one millisecond the random part differs in every place', () => {
  const ids = idsAt(manualClock(new Date('2026-03-02T09:00:00Z')));
  const tails = Array.from({ length: 400 }, () => ids.uuid().replaceAll('-', '').slice(12));
  for (let place = 0; place < 20; place += 1) {
    const seen = new Set(tails.map((tail) => tail[place]));
    // The version is one digit, the variant one of four.
    assert.equal(seen.size, { 0: 1, 4: 4 }[place] ?? 16, `place ${place}`);
  }
});
