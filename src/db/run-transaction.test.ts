import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import type { Connection } from './connection.ts';
import type { Transaction } from './database.ts';
import { runTransaction } from './run-transaction.ts';

type Step = 'read' | 'write' | 'read and wait' | 'write and wait' | 'turn';

interface Course {
  readonly steps: readonly Step[];
  readonly ending: 'returns' | 'throws';
  readonly beginFails: boolean;
  readonly beginTurns: number;
}

const courses: fc.Arbitrary<Course> = fc.record({
  steps: fc.array(fc.constantFrom<Step>('read', 'write', 'read and wait', 'write and wait', 'turn'), {
    maxLength: 8,
  }),
  ending: fc.constantFrom('returns', 'throws'),
  beginFails: fc.boolean(),
  beginTurns: fc.integer({ min: 0, max: 4 }),
});

/**
 * A server that runs what comes in the order in which it comes, as PostgreSQL does: outside a transaction, which begins
 * only where `begin` does not fail, every statement commits on its own.
 */
function server({ beginFails, beginTurns }: Course) {
  let isOpen = false;
  let open: string[] = [];
  const committed: string[][] = [];
  let line: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T> | T): Promise<T> => {
    const done = line.then(run);
    line = done.catch(() => {});
    return done;
  };
  const end = (keep: boolean) =>
    inTurn(() => {
      if (isOpen && keep) committed.push(open);
      isOpen = false;
      open = [];
    });
  const begin = async () => {
    for (let turn = 0; turn < beginTurns; turn += 1) await nextTurn();
    if (beginFails) throw new Error('begin was refused');
    isOpen = true;
    return [];
  };
  const run = async (sql: string) => {
    await nextTurn();
    if (isOpen) open.push(sql);
    else committed.push([sql]);
    return [];
  };
  const connection = {
    query: (sql: string) => inTurn(() => (sql.startsWith('begin') ? begin() : run(sql))),
    commit: () => end(true),
    rollback: () => end(false),
  } as unknown as Connection;
  return { connection, committed: () => inTurn(() => committed) };
}

async function follow({ steps, ending }: Course, transaction: Transaction, asked: string[]): Promise<string> {
  for (const [number, step] of steps.entries()) {
    if (step === 'turn') await nextTurn();
    else {
      const sql = `${step.startsWith('read') ? 'select' : 'insert'} ${number}`;
      asked.push(sql);
      await take(step, sql, transaction);
    }
  }
  if (ending === 'throws') throw new Error('the work failed');
  return 'done';
}

async function take(step: Step, sql: string, transaction: Transaction): Promise<void> {
  if (step === 'write') return transaction.write(sql);
  const answer = transaction.query(sql);
  if (step.endsWith('wait')) await answer;
  else answer.catch(() => {});
}

test('what writes is never sent before begin has succeeded, and what was asked is committed whole and in its order', async () => {
  const property = fc.asyncProperty(courses, async (course) => {
    const { connection, committed } = server(course);
    const asked: string[] = [];
    const ended = await runTransaction(connection, (transaction) => follow(course, transaction, asked), 1_000)
      .then(({ result }) => result)
      .catch((error: Error) => error.message);
    // What is still on its way must have come before the books are looked at.
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    const kept = await committed();
    if (!course.beginFails && course.ending === 'returns') {
      assert.equal(ended, 'done');
      assert.deepEqual(kept, [asked]);
    } else {
      assert.ok(ended === 'the work failed' || ended === 'begin was refused', ended);
      assert.deepEqual(
        kept.flat().filter((sql) => sql.startsWith('insert')),
        [],
      );
    }
  });
  await fc.assert(property, { numRuns: 300 });
});

test('a transaction whose begin fails ends with that error, though nothing was asked in it', async () => {
  const course: Course = { steps: [], ending: 'returns', beginFails: true, beginTurns: 1 };
  const { connection } = server(course);
  await assert.rejects(
    runTransaction(connection, async () => 'done', 1_000),
    /begin was refused/,
  );
});
