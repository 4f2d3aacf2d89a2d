import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { openDurableEngine } from '#db/embedded/durable-engine.ts';
import { readStore } from './child.ts';
import { journalHostWrites } from './host-journal.ts';
import { tables, wordOf } from './rows.ts';
import { scratchDirectory } from './scratch.ts';
import { seededRandom } from './seeded-random.ts';

const scratch = scratchDirectory();

interface Cut {
  readonly directory: string;
  /** The ids acknowledged when the power went. */
  readonly acknowledged: readonly string[];
}

interface Load {
  readonly seed: number;
  readonly cuts: number;
  readonly open: (directory: string) => Promise<PGlite>;
}

/** Writes pairs of rows while the power is cut again and again, each time leaving a directory as it would be found. */
async function writeThroughCuts({ seed, cuts, open }: Load): Promise<Cut[]> {
  const directory = mkdtempSync(join(scratch, 'store-'));
  await (await openDurableEngine(directory)).close();
  const random = seededRandom(seed);
  const gap = () => 1 + Math.floor(random() * 100);
  const taken: Cut[] = [];
  const acknowledged: string[] = [];
  const journal = journalHostWrites();
  try {
    const engine = await open(directory);
    await engine.exec(tables);
    let writesToNextCut = gap();
    journal.onWrite = () => {
      writesToNextCut -= 1;
      if (writesToNextCut > 0 || taken.length === cuts) return;
      writesToNextCut = gap();
      const target = `${directory}-cut-${taken.length}`;
      // In every other cut nothing unsynced survives, in the rest a random part of it.
      const odds = taken.length % 2 === 0 ? 0 : random();
      journal.cut(directory, target, () => random() < odds);
      taken.push({ directory: target, acknowledged: [...acknowledged] });
    };
    for (let id = 1; taken.length < cuts; id += 1) {
      await writePair(engine, id);
      acknowledged.push(String(id));
      if (id % 50 === 0) await engine.exec('checkpoint');
      if (id % 20 === 0) await keepUp(engine);
    }
    await engine.close();
  } finally {
    journal.remove();
  }
  return taken;
}

/** Leaves dead rows, and takes them away as the store does every minute. */
async function keepUp(engine: PGlite): Promise<void> {
  await engine.exec('update credits set word = word');
  await engine.exec('vacuum (freeze, analyze, truncate off) debits, credits');
}

function writePair(engine: PGlite, id: number): Promise<void> {
  return engine.transaction(async (transaction) => {
    await transaction.query('insert into debits values ($1, $2)', [id, wordOf(id)]);
    await transaction.query('insert into credits values ($1, $2)', [id, wordOf(id)]);
  });
}

/** What is wrong with each store after its cut; empty strings for those that survived whole. Two at a time. */
async function examine(cuts: readonly Cut[]): Promise<string[]> {
  const verdicts: string[] = [];
  const queue = [...cuts.entries()];
  async function lane(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, cut] = next;
      verdicts[index] = await verdictOn(cut);
      rmSync(cut.directory, { recursive: true });
    }
  }
  await Promise.all([lane(), lane()]);
  return verdicts;
}

async function verdictOn({ directory, acknowledged }: Cut): Promise<string> {
  const found = await readStore(directory);
  if ('unreadable' in found) return `does not open: ${found.unreadable}`;
  const { debits, credits, damaged } = found;
  const lost = acknowledged.filter((id) => !debits.includes(id)).length;
  if (lost > 0) return `lost ${lost} of ${acknowledged.length} acknowledged rows`;
  if (damaged > 0) return `${damaged} rows damaged`;
  return debits.join() === credits.join() ? '' : 'a transaction survived by half';
}

test('the embedded store survives power cuts: it opens, and every acknowledged row is there', async () => {
  const cuts = await writeThroughCuts({ seed: 1, cuts: 20, open: openDurableEngine });
  assert.ok(cuts.at(-1)?.acknowledged.length, 'the cuts fell before the first row was acknowledged');
  assert.deepEqual(await examine(cuts), Array(20).fill(''));
});

test('negative control: the engine as shipped, without our fsync, does not survive them', async () => {
  const open = (directory: string) => PGlite.create({ fs: new NodeFS(join(directory, 'pgdata')) });
  const verdicts = await examine(await writeThroughCuts({ seed: 1, cuts: 6, open }));
  assert.notDeepEqual(verdicts, Array(6).fill(''));
});
