import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDuration, endOfDay, isCalendarDate, isTimeZone, localDate, parseDuration } from './calendar.ts';

const stockholm = 'Europe/Stockholm';

function added(at: string, duration: string, zone = stockholm): string {
  return addDuration(new Date(at), duration, zone).toISOString();
}

test('a day ends at the next local midnight, in winter, in summer, and when the clocks change', () => {
  assert.equal(endOfDay('2026-01-15', stockholm).toISOString(), '2026-01-15T23:00:00.000Z');
  assert.equal(endOfDay('2026-07-15', stockholm).toISOString(), '2026-07-15T22:00:00.000Z');
  assert.equal(endOfDay('2026-03-28', stockholm).toISOString(), '2026-03-28T23:00:00.000Z');
  assert.equal(endOfDay('2026-03-29', stockholm).toISOString(), '2026-03-29T22:00:00.000Z');
  assert.equal(endOfDay('2026-10-25', stockholm).toISOString(), '2026-10-25T23:00:00.000Z');
  assert.equal(endOfDay('2028-02-29', 'UTC').toISOString(), '2028-03-01T00:00:00.000Z');
});

test('a day ends rightly where midnight itself or the whole next day does not exist', () => {
  assert.equal(endOfDay('2018-11-03', 'America/Sao_Paulo').toISOString(), '2018-11-04T03:00:00.000Z');
  assert.equal(endOfDay('2011-12-29', 'Pacific/Apia').toISOString(), '2011-12-30T10:00:00.000Z');
});

test('every instant of a local day is before the end of that day, and the end is the next day', () => {
  for (const zone of [
    stockholm,
    'Australia/Sydney',
    'America/New_York',
    'Asia/Kathmandu',
    'Pacific/Kiritimati',
  ])
    for (let day = 0; day < 366; day += 1) {
      const date = new Date(Date.UTC(2028, 0, 1 + day)).toISOString().slice(0, 10);
      const end = endOfDay(date, zone);
      assert.equal(localDate(new Date(end.getTime() - 1), zone), date);
      assert.equal(localDate(end, zone) > date, true);
    }
});

test('the date is that of the place, not of Greenwich', () => {
  const at = new Date('2026-12-31T23:30:00Z');
  assert.equal(localDate(at, stockholm), '2027-01-01');
  assert.equal(localDate(at, 'America/New_York'), '2026-12-31');
});

test('a month after the 31st is the last day of a shorter month', () => {
  assert.equal(added('2026-01-31T11:00:00Z', 'P1M'), '2026-02-28T11:00:00.000Z');
  assert.equal(added('2028-01-31T11:00:00Z', 'P1M'), '2028-02-29T11:00:00.000Z');
  assert.equal(added('2026-01-31T11:00:00Z', 'P2M'), '2026-03-31T10:00:00.000Z');
  assert.equal(added('2028-02-29T11:00:00Z', 'P1Y'), '2029-02-28T11:00:00.000Z');
});

test('days keep the hour on the wall across a change of the clocks, hours do not', () => {
  assert.equal(added('2026-03-28T11:00:00Z', 'P1D'), '2026-03-29T10:00:00.000Z');
  assert.equal(added('2026-03-28T11:00:00Z', 'PT24H'), '2026-03-29T11:00:00.000Z');
  assert.equal(added('2026-10-24T10:00:00Z', 'P7D'), '2026-10-31T11:00:00.000Z');
  assert.equal(added('2026-03-28T01:30:00Z', 'P1D'), '2026-03-29T01:30:00.000Z');
});

test('an addition of nothing moves nothing', () => {
  assert.equal(added('2026-03-29T01:30:00.123Z', 'PT0S'), '2026-03-29T01:30:00.123Z');
});

test('durations are read as ISO 8601 writes them, up to a century', () => {
  for (const text of ['P1D', 'P1M', 'P100Y', 'PT5M', 'PT0.5S', 'P1Y2M10DT2H30M', 'P4W'])
    assert.notEqual(parseDuration(text), undefined, text);
  for (const text of [
    '',
    'P',
    'PT',
    '1D',
    'P1',
    'P1.5D',
    '-P1D',
    'P-1D',
    'P101Y',
    'PT9999999999999H',
    'P1D ',
  ])
    assert.equal(parseDuration(text), undefined, text);
  assert.throws(() => addDuration(new Date(0), 'tomorrow', 'UTC'), RangeError);
});

test('only days of the calendar are dates', () => {
  for (const text of ['2026-01-31', '2028-02-29', '0001-01-01', '9999-12-31'])
    assert.equal(isCalendarDate(text), true, text);
  for (const text of [
    '2026-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-1-1',
    '0000-01-01',
    '20260131',
    ' 2026-01-31',
  ])
    assert.equal(isCalendarDate(text), false, text);
});

test('time zones are known by name, not by offset', () => {
  for (const text of [stockholm, 'UTC', 'Australia/Sydney', 'America/Argentina/Buenos_Aires'])
    assert.equal(isTimeZone(text), true, text);
  for (const text of ['', '+01:00', 'Europe/Nowhere', 'Europe/Stockholm ', '__proto__', 'a'.repeat(70_000)])
    assert.equal(isTimeZone(text), false, text);
});
