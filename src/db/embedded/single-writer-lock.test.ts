import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, mock, test } from 'node:test';
import { later, manualClock } from '#kit/clock.ts';
import { holdDirectory } from './single-writer-lock.ts';

const scratch = mkdtempSync(join(tmpdir(), 'quittance-lock-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const start = new Date('2026-01-01T00:00:00Z');
const hold = (directory: string, afterMs = 0) =>
  holdDirectory(directory, manualClock(later(start, afterMs)), assert.fail);
const newDirectory = () => mkdtempSync(join(scratch, 'data-'));

test('a directory is held once, and free again when released', async () => {
  const directory = newDirectory();
  const lock = await hold(directory);
  await assert.rejects(hold(directory), /is in use by another process: stop that one first\.$/);
  await lock.release();
  await (await hold(directory)).release();
});

/** Puts the lock file of one directory into another, where no socket is bound: what the file says must do alone. */
async function withForeignLock(change: (holder: object) => object, beatAt = start): Promise<string> {
  const [held, directory] = [newDirectory(), newDirectory()];
  const lock = await hold(held);
  const path = join(directory, 'lock');
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(join(held, 'lock'), 'utf8')))));
  utimesSync(path, beatAt, beatAt);
  await lock.release();
  return directory;
}

test('the file alone keeps others out while its process lives', async () => {
  const directory = await withForeignLock((holder) => holder);
  await assert.rejects(hold(directory), new RegExp(`in use by process ${process.pid}:`));
});

test('the file of a process that has ended does not keep anyone out', async () => {
  const held = newDirectory();
  const url = new URL('./single-writer-lock.ts', import.meta.url).href;
  const script = `import { holdDirectory } from '${url}';
    await holdDirectory(${JSON.stringify(held)}, { now: () => new Date(0) }, () => {});
    console.log('held'); setInterval(() => {}, 1000)`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  await once(holder.stdout, 'data');
  const directory = newDirectory();
  copyFileSync(join(held, 'lock'), join(directory, 'lock'));
  await assert.rejects(hold(directory), /in use by process/);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await (await hold(directory)).release();
});

test('a process number given to another process is not taken for the holder', async () => {
  const directory = await withForeignLock((holder) => ({ ...holder, startedAt: '1' }));
  await (await hold(directory)).release();
});

for (const elsewhere of ['bootId', 'pidNamespace']) {
  test(`a holder whose ${elsewhere} is not ours counts as alive until its beats stop`, async () => {
    const directory = await withForeignLock((holder) => ({ ...holder, [elsewhere]: 'elsewhere' }));
    await assert.rejects(hold(directory, 29_000), /in use/);
    await (await hold(directory, 31_000)).release();
  });
}

test('a half written file counts as a holder that cannot be seen', async () => {
  const directory = newDirectory();
  writeFileSync(join(directory, 'lock'), '{"pid":');
  utimesSync(join(directory, 'lock'), start, start);
  await assert.rejects(hold(directory), /in use by another process/);
  await (await hold(directory, 31_000)).release();
});

test('a holder whose directory was taken over hears of it at its next beat', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const directory = newDirectory();
  const reasons: string[] = [];
  const lock = await holdDirectory(directory, manualClock(start), (reason) => reasons.push(reason));
  mock.timers.tick(5_000);
  assert.deepEqual(reasons, []);
  writeFileSync(join(directory, 'lock'), '{"pid":1}');
  mock.timers.tick(5_000);
  assert.match(reasons.join(), /took over/);
  await lock.release();
  mock.timers.reset();
});
