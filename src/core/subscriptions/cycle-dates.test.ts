/**
 * Cycle dates against an oracle that counts days and months by hand: 40 years, 12 zones, 6 intervals. A run of the suite
 * takes the anchors at which calendars go wrong and three zones of each; CYCLE_DATES=all takes all 366 days and zones.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { localDate } from '#kit/calendar.ts';
import { addDays, addMonths, type Day, print } from '#test/support/calendar-oracle.ts';
import { cycleDueAt, type Interval } from './subscription.ts';

const zones = [
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Europe/Stockholm',
  'Europe/London',
  'America/St_Johns',
  'America/New_York',
  'America/Santiago',
  'Pacific/Apia',
  'Pacific/Chatham',
  'UTC',
];

const years = 40;

/** How each interval counts, cycles in 40 years, and which of them are looked at: dates of whole days go wrong by zone, not by length. */
const intervals: Readonly<
  Record<Interval, { add: (from: Day, cycle: number) => Day; cycles: number; step: number }>
> = {
  daily: { add: (from, cycle) => addDays(from, cycle), cycles: years * 365, step: 37 },
  weekly: { add: (from, cycle) => addDays(from, 7 * cycle), cycles: years * 52, step: 7 },
  fortnightly: { add: (from, cycle) => addDays(from, 14 * cycle), cycles: years * 26, step: 1 },
  monthly: { add: (from, cycle) => addMonths(from, cycle), cycles: years * 12, step: 1 },
  quarterly: { add: (from, cycle) => addMonths(from, 3 * cycle), cycles: years * 4, step: 1 },
  yearly: { add: (from, cycle) => addMonths(from, 12 * cycle), cycles: years, step: 1 },
};

const leapYear = Array.from({ length: 366 }, (_, index) => addDays({ year: 2028, month: 1, day: 1 }, index));
const isAll = process.env.CYCLE_DATES === 'all';
/** The ends of months, and the days around them. */
const anchors = leapYear.filter(
  ({ month, day }) => isAll || (day >= 28 && month % 2 === 1) || (month === 2 && day >= 28),
);

/** Noon: in no zone does a clock skip it. */
function noonOf(day: Day, zone: string): Date {
  const guess = new Date(`${print(day)}T12:00:00Z`);
  const shown = new Date(`${guess.toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')}Z`);
  return new Date(guess.getTime() - (shown.getTime() - guess.getTime()));
}

/** What is wrong with the dates of plans that were enrolled on a day. */
function faultsOf(anchor: Day, zone: string): string[] {
  const anchorAt = noonOf(anchor, zone);
  assert.equal(localDate(anchorAt, zone), print(anchor));
  return Object.entries(intervals).flatMap(([name, { add, cycles, step }]) => {
    const every = name as Interval;
    const faults: string[] = [];
    let before = new Date(0);
    for (let cycle = 0; cycle <= cycles; cycle += step) {
      const at = cycleDueAt({ anchorAt, every, zone }, cycle);
      const wanted = print(add(anchor, cycle));
      if (localDate(at, zone) !== wanted || at <= before)
        faults.push(`${zone} ${print(anchor)} ${every} ${cycle}: ${localDate(at, zone)}, not ${wanted}`);
      before = at;
    }
    return faults;
  });
}

describe('the dates of a plan', () => {
  it('are those of the calendar for forty years, whatever day and zone it began in', () => {
    const faults = anchors.flatMap((anchor, index) =>
      zones.filter((_, at) => isAll || at % 4 === index % 4).flatMap((zone) => faultsOf(anchor, zone)),
    );
    assert.deepEqual(faults, []);
  });

  it('of the 31st are the last of each shorter month, and the 31st again', () => {
    const anchorAt = new Date('2027-01-31T09:30:00Z');
    const dates = [0, 1, 2, 3, 13].map((cycle) =>
      cycleDueAt({ anchorAt, every: 'monthly', zone: 'UTC' }, cycle).toISOString().slice(0, 16),
    );
    assert.deepEqual(dates, [
      '2027-01-31T09:30',
      '2027-02-28T09:30',
      '2027-03-31T09:30',
      '2027-04-30T09:30',
      '2028-02-29T09:30',
    ]);
  });

  it('keep the time of day when clocks change, and the day when they skip the hour', () => {
    const zone = 'Europe/Stockholm';
    const at = (cycle: number) =>
      cycleDueAt({ anchorAt: new Date('2027-03-27T01:30:00Z'), every: 'daily', zone }, cycle).toISOString();
    assert.deepEqual([at(1), at(2)], ['2027-03-28T01:30:00.000Z', '2027-03-29T00:30:00.000Z']);
  });
});
