/** Plans that all fall due at one instant, and how fast the product charges them, beside what else it does. */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../src/db/open-database.ts';
import { wallClock } from '../src/kit/clock.ts';
import { countBilled, makeDue } from '../test/support/due-plans.ts';
import type { Bench } from './contestant.ts';
import { enrol } from './kept-card.ts';
import { readUse } from './read-use.ts';

/** What so many plans took. */
export interface Rebill {
  readonly due: number;
  /** Charges a second, from the instant at which they fall due until the last outcome is booked. */
  readonly perSecond: number;
  /** The processor time of the product itself for one charge: it does not depend on who else uses the machine. */
  readonly cpuMs: number;
  /** Of the product's largest process, its highest look by look. */
  readonly peakMemoryMb: number;
}

type Database = Awaited<ReturnType<typeof openDatabase>>;

/** Time for writing the plans before they fall due: a fixed part, and one for each plan. */
const seedMs = (due: number) => 3_000 + due;

const lookEveryMs = 50;
/** Reading the metrics costs the product something, too. */
const looksPerReading = 8;
const warmUp = 500;

/** A round for each number of plans, in the given order. Undefined on the embedded store, which takes no rows from outside. */
export async function measureRebills(bench: Bench, sizes: readonly number[]): Promise<Rebill[] | undefined> {
  if (bench.databaseUrl === undefined || sizes.length === 0) return undefined;
  const database = await openDatabase({ url: bench.databaseUrl, limits: { connections: 2 } });
  try {
    const like = await enrol(bench);
    await rebill(bench, database, like, warmUp);
    const rebills: Rebill[] = [];
    for (const due of sizes) rebills.push(await rebill(bench, database, like, due));
    return rebills;
  } finally {
    await database.close();
  }
}

async function rebill(bench: Bench, database: Database, like: string, due: number): Promise<Rebill> {
  const at = new Date(wallClock.now().getTime() + seedMs(due));
  const ids = await makeDue(database, like, { plans: due, at });
  await database.query('analyze subscriptions');
  const spareMs = at.getTime() - wallClock.now().getTime();
  if (spareMs < 0) throw new Error(`${due} plans were not written before they fell due`);
  await wait(spareMs);
  const before = await readUse(bench);
  const startedMs = performance.now();
  let peakMemoryMb = before.memoryMb;
  for (let look = 1; await isAnyOpen(database, like, at); look += 1) {
    if (look % looksPerReading === 0) peakMemoryMb = Math.max(peakMemoryMb, (await readUse(bench)).memoryMb);
    await wait(lookEveryMs);
  }
  const elapsedSeconds = (performance.now() - startedMs) / 1_000;
  const after = await readUse(bench);
  const billed = await countBilled(database, bench.simulatorUrl, ids);
  assert.ok(
    billed.every((times) => times === 1),
    'the speed of a cycle that is not billed exactly once is none',
  );
  return {
    due,
    perSecond: due / elapsedSeconds,
    cpuMs: ((after.cpuSeconds - before.cpuSeconds) * 1_000) / due,
    peakMemoryMb: Math.max(peakMemoryMb, after.memoryMb),
  };
}

/** Whether a plan still waits for its charge, or a charge for its outcome. */
async function isAnyOpen(database: Database, like: string, at: Date): Promise<boolean> {
  const [row] = await database.query<{ open: boolean }>(
    `select exists (select from subscriptions s where s.tenant_id = t.tenant_id and s.due_at <= $2)
       or exists (select from subscription_attempts a where a.tenant_id = t.tenant_id and a.status = 'open') as open
     from subscriptions t where t.id = $1`,
    [like, at],
  );
  return row?.open === true;
}
