/** What the tables say of given rounds: nothing here runs a server. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { alternate } from './alternate.ts';
import { concludeAudit } from './audit-books.ts';
import { writeBar } from './bars.ts';
import type { Contestant, Measured } from './contestant.ts';
import { drive, percentile } from './load.ts';
import { readOwnTime } from './measure-own-time.ts';
import { readOptions } from './options.ts';
import { verdict, writeRows } from './print-rows.ts';
import { toRow } from './print-table.ts';
import { median, ratiosByRound } from './ratio.ts';

const rates = (...perSecond: number[]): Measured[] => perSecond.map((one) => ({ perSecond: one }));

const link: Contestant = {
  name: 'link',
  about: '',
  against: 'ceiling: http',
  bar: { atLeast: 0.4, p99Ms: 40 },
  prepare: async () => undefined,
};

it('a ratio is taken within one round, and the row shows the median of the ratios, not the ratio of the medians', () => {
  // A slow machine in the second round, a slow contestant in the third.
  const measured = rates(50, 10, 20);
  const ceiling = rates(100, 20, 100);
  const row = toRow(link, 64, { measured, ceiling, secondCeiling: [] });
  assert.equal(row.ratio, 0.5);
  assert.equal(row.perSecond, 20);
  assert.deepEqual(row.spread, [10, 50]);
  assert.deepEqual(ratiosByRound(measured, ceiling), [0.5, 0.5, 0.2]);
});

it('a ceiling has no ratio and no bar, and a bar is judged at 64 connections only', () => {
  const measured = rates(50).map((one) => ({ ...one, p99Ms: 39 }));
  const rounds = { measured, ceiling: rates(100), secondCeiling: [] };
  const { against: _against, bar: _bar, ...ceiling } = link;
  const row = toRow(ceiling, 64, { ...rounds, ceiling: [] });
  assert.deepEqual([row.ratio, row.isMet, verdict(row.isMet)], [undefined, undefined, '']);
  assert.equal(toRow(link, 16, rounds).isMet, undefined);
  assert.equal(toRow(link, 64, rounds).isMet, true);
  assert.equal(toRow(link, 64, { ...rounds, ceiling: rates(130) }).isMet, false);
  const slow = measured.map((one) => ({ ...one, p99Ms: 41 }));
  assert.equal(toRow(link, 64, { ...rounds, measured: slow }).isMet, false);
});

it('what has two ceilings keeps its bar by coming near enough to either', () => {
  const bar = { atLeast: 0.6, orAlsoAtLeast: 0.24 };
  const claim = { ...link, alsoAgainst: 'ceiling: signing', bar };
  const isMet = (ceiling: number, second: number) =>
    toRow(claim, 64, { measured: rates(60), ceiling: rates(ceiling), secondCeiling: rates(second) }).isMet;
  assert.deepEqual([isMet(100, 1_000), isMet(101, 250), isMet(101, 251)], [true, true, false]);
  assert.equal(writeBar(claim), '≥ 0.60 or 0.24 of ceiling: signing');
  assert.equal(writeBar(link), '≥ 0.40, p99 ≤ 40 ms');
});

it('two products take turns at being first, and what is compared was measured in the same round', async () => {
  const turns: string[] = [];
  const side = (of: string, contestant: Contestant) => {
    const round = async ({ seconds }: { seconds: number }) => {
      if (seconds === 9) turns.push(of);
      return { perSecond: turns.length };
    };
    return { entrants: [{ contestant, measured: [], round }], databaseUrl: undefined };
  };
  const effort = { connections: 1, seconds: 9 };
  const [beside] = await alternate(side('one', link), side('other', link), { effort, rounds: 3 });
  assert.deepEqual(turns, ['one', 'other', 'other', 'one', 'one', 'other']);
  assert.deepEqual(beside, { name: 'link', one: rates(1, 4, 5), other: rates(2, 3, 6) });
  const stranger = { ...link, name: 'refund' };
  const unlike = alternate(side('one', link), side('other', stranger), { effort, rounds: 3 });
  await assert.rejects(unlike, /link is not measured at both/);
});

it('a run whose audit is red fails, and says which invariants do not hold', (context) => {
  const log = context.mock.method(console, 'log', () => undefined);
  assert.equal(concludeAudit([]), 0);
  assert.equal(concludeAudit(['I6', 'I10']), 1);
  assert.match(String(log.mock.calls.at(-1)?.arguments[0]), /RED: I6, I10/);
});

it('the own time is read from Server-Timing, and not the time at a processor', () => {
  assert.equal(readOwnTime('own;dur=5.2, connector;dur=100.0'), 5.2);
  assert.equal(readOwnTime('connector;dur=100.0, own;dur=7'), 7);
  assert.equal(readOwnTime('connector;dur=100.0'), undefined);
  assert.equal(readOwnTime('disown;dur=1'), undefined);
  assert.equal(readOwnTime(undefined), undefined);
});

it('of a hundred values the 99th percentile is the greatest, of two hundred the second greatest', () => {
  const values = Array.from({ length: 200 }, (_, index) => index + 1);
  assert.equal(percentile(values.slice(0, 100), 0.99), 100);
  assert.equal(percentile(values, 0.99), 199);
  assert.equal(percentile(values, 0.5), 101);
  assert.ok(Number.isNaN(percentile([], 0.99)));
  assert.equal(median([9, 1, 5]), 5);
  assert.ok(Number.isNaN(median([])));
});

it('a round counts what its workers did, and ends with the error of any of them', async () => {
  const { perSecond, p99Ms } = await drive(async () => new Promise(setImmediate))({
    connections: 2,
    seconds: 0.01,
  });
  assert.ok(perSecond > 0 && (p99Ms ?? -1) >= 0);
  const failing = drive(async () => Promise.reject(new Error('503')))({ connections: 2, seconds: 0.01 });
  await assert.rejects(failing, /503/);
});

it('without arguments a run is short; with --full it has every width and the sizes of the bars', () => {
  const usual = readOptions([]);
  assert.deepEqual(usual.connections, [64]);
  assert.deepEqual([usual.ownSeconds, usual.pages, usual.stored, usual.minutes], [0, 0, 0, 0]);
  assert.deepEqual(usual.due, [1_000]);
  const full = readOptions(['--full', '--minutes=1']);
  assert.deepEqual(full.connections, [1, 16, 64, 256]);
  assert.deepEqual([full.ownSeconds, full.pages, full.stored, full.minutes], [5, 5_000_000, 10_000_000, 1]);
});

it('what is chosen by name leaves out the plans that fall due, unless they are asked for', () => {
  assert.deepEqual(readOptions(['--only=link,refund']).only, ['link', 'refund']);
  assert.deepEqual(readOptions(['--only=link']).due, []);
  assert.deepEqual(readOptions(['--only=rebill']).due, [1_000]);
  assert.deepEqual(readOptions(['--only=link', '--due=10,20']).due, [10, 20]);
});

it('the embedded store has one process, and an argument that makes no sense is refused', () => {
  assert.equal(readOptions(['--embedded', '--processes=2']).processes, 1);
  assert.throws(() => readOptions(['--seconds=fast']), /--seconds=fast makes no sense/);
  assert.throws(() => readOptions(['--connections=16,many']), /--connections=16,many makes no sense/);
  assert.throws(() => readOptions(['--processes=0']), /--processes=0 makes no sense/);
  assert.throws(() => readOptions(['--faster']), /--faster/);
});

it('a table is aligned text, with figures to the right', () => {
  const rows = [
    { what: 'link', rate: 3, bar: 'met' },
    { what: 'order', rate: 2_000, bar: '' },
  ];
  assert.deepEqual(writeRows(rows).split('\n'), [
    '| what  | rate | bar |',
    '|:------|-----:|:----|',
    '| link  |    3 | met |',
    '| order | 2000 |     |',
  ]);
});
