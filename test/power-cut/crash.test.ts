import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { openDatabase } from '#db/open-database.ts';
import { type Child, type ChildOptions, type Ended, readStore, startChild } from './child.ts';
import { tables } from './rows.ts';
import { scratchDirectory } from './scratch.ts';

const scratch = scratchDirectory();
const exitSoftwareError = 70;

const pristine = join(scratch, 'pristine');
before(async () => {
  const database = await openDatabase({ directory: pristine });
  await database.execute(tables);
  await database.close();
});

function newStore(): string {
  const directory = mkdtempSync(join(scratch, 'store-'));
  cpSync(pristine, directory, { recursive: true });
  return directory;
}

function startWriter(directory: string, first: number, last: number, options?: ChildOptions): Child {
  return startChild('write-rows.ts', [directory, String(first), String(last)], options);
}

function acknowledgedBy(writer: Child): string[] {
  return writer.lines().filter((line) => /^\d+$/.test(line));
}

async function assertAllThere(directory: string, acknowledged: readonly string[]): Promise<void> {
  const found = await readStore(directory);
  assert.ok(!('unreadable' in found), `does not open: ${JSON.stringify(found)}`);
  const lost = acknowledged.filter((id) => !found.debits.includes(id));
  assert.deepEqual(lost, []);
  assert.equal(found.damaged, 0);
  assert.deepEqual(found.debits, found.credits);
}

for (const fault of ['fsync-EIO', 'log-ENOSPC']) {
  const broken: ChildOptions = {
    preload: 'break-host.ts',
    environment: { BREAK_HOST: fault, BREAK_AFTER: '60' },
  };

  test(`${fault}: the process ends at once, and nothing acknowledged is lost`, async () => {
    const directory = newStore();
    const writer = startWriter(directory, 1, 500, broken);
    const { code, errors } = await writer.ended;
    assert.equal(code, exitSoftwareError, errors);
    assert.match(errors, /the process ends/);
    const acknowledged = acknowledgedBy(writer);
    assert.ok(acknowledged.length > 0 && acknowledged.length < 500);
    await assertAllThere(directory, acknowledged);
  });
}

test('negative control: without crash-only, the store hangs after a failed sync', async () => {
  const environment = { BREAK_HOST: 'fsync-EIO', BREAK_AFTER: '60', IGNORE_CRASH: 'yes' };
  const writer = startWriter(newStore(), 1, 500, {
    preload: 'break-host.ts',
    environment,
    patienceMs: 6_000,
  });
  const { signal, errors } = await writer.ended;
  assert.equal(signal, 'SIGKILL', `it ended by itself: ${errors}`);
});

test('a process killed again and again loses nothing it acknowledged', async () => {
  const directory = newStore();
  const acknowledged: string[] = [];
  for (const round of [0, 1, 2]) {
    const first = round * 1_000 + 1;
    const writer = startWriter(directory, first, first + 999);
    await writer.seen((_line, index) => index > 40 + round * 17);
    writer.process.kill('SIGKILL');
    await writer.ended;
    acknowledged.push(...acknowledgedBy(writer));
  }
  await assertAllThere(directory, acknowledged);
});

test('a second process on the same directory is refused with one sentence, and the first goes on', async () => {
  const directory = newStore();
  const first = startWriter(directory, 1, 300);
  await first.seen((line) => line === 'ready');
  const second = await startWriter(directory, 1_001, 1_300).ended;
  assert.equal(second.code, 1);
  assert.equal(second.output, '');
  assert.match(second.errors, /^The data directory .* is in use by .*: stop that one first\. \{\}\n$/);
  assert.equal((await first.ended).code, 0);
  await assertAllThere(directory, acknowledgedBy(first));
});

/** Two writers may by luck touch nothing of each other's once; a row is lost well before this many tries. */
const unlockedTries = 8;

test('negative control: without the lock, two engines on one directory lose each other’s rows', async () => {
  for (let tried = 1; tried <= unlockedTries; tried += 1) {
    if (await losesWithoutLock()) return;
  }
  assert.fail(`no row was lost in ${unlockedTries} tries`);
});

async function losesWithoutLock(): Promise<boolean> {
  const directory = newStore();
  const writers: Child[] = [];
  // One after the other: two that recover one directory at once may be stopped by each other's files before they write.
  for (const first of [1, 1_001]) {
    const writer = startChild('write-unlocked.ts', [directory, String(first), String(first + 149)]);
    writers.push(writer);
    await writer.seen((line) => line === 'open');
  }
  for (const writer of writers) writer.process.kill('SIGUSR2');
  await Promise.all(writers.map(({ ended }) => ended));
  const acknowledged = writers.flatMap(acknowledgedBy);
  assert.ok(acknowledged.length > 0);
  return assertAllThere(directory, acknowledged).then(
    () => false,
    () => true,
  );
}

test('a creation that was interrupted starts over', async () => {
  const directory = mkdtempSync(join(scratch, 'store-'));
  const writer = startWriter(directory, 1, 1);
  const { signal } = await killWhen(writer, () => existsSync(join(directory, 'pgdata.unfinished', 'base')));
  assert.equal(signal, 'SIGKILL');
  assert.ok(!existsSync(join(directory, 'pgdata')));
  const again = startWriter(directory, 1, 5);
  assert.equal((await again.ended).code, 0);
  await assertAllThere(directory, acknowledgedBy(again));
});

async function killWhen(child: Child, isTime: () => boolean): Promise<Ended> {
  const poll = setInterval(() => isTime() && child.process.kill('SIGKILL'), 5);
  return child.ended.finally(() => clearInterval(poll));
}

test('a statement that never ends does not stop the process from ticking, and then ends it', async () => {
  const writer = startWriter(newStore(), 1, 1, { environment: { SLOW_QUERY: 'yes' } });
  const { code, errors } = await writer.ended;
  assert.equal(code, exitSoftwareError, errors);
  assert.match(errors, /ran past its limit: select count/);
  assert.ok(writer.lines().filter((line) => line === 'tick').length > 5);
});
