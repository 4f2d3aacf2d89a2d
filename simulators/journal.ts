import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** An append-only file of JSON lines. What `append` has answered for survives kill -9 and a power cut. */
export interface Journal {
  /** What the file held when it was opened, oldest first. */
  readonly entries: readonly unknown[];
  /** Settles once the entry, and with it every earlier one, is on the disk. */
  append(entry: unknown): Promise<void>;
  /** Settles once everything appended so far is on the disk. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens or makes the journal. A last line that a crash cut short was never answered for and is dropped. Amounts are
 * bigint in memory and plain integers under the key `minor` in the file.
 */
export async function openJournal(path: string): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  const text = await readFile(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole));
  const lines = whole.split('\n').filter((line) => line !== '');
  return { entries: lines.map((line) => JSON.parse(line, revive)), ...groupWriter(file) };
}

/** Entries that arrive while a write is under way share the next write and its one fsync. */
function groupWriter(file: FileHandle): Omit<Journal, 'entries'> {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();

  const write = async () => {
    const lines = waiting;
    waiting = [];
    next = undefined;
    await file.appendFile(lines.join(''));
    await file.datasync();
  };
  const append = (entry: unknown): Promise<void> => {
    waiting.push(`${JSON.stringify(entry, replace)}\n`);
    if (next === undefined) {
      next = last.then(write);
      last = next;
    }
    return next;
  };
  return {
    append,
    settle: () => last,
    close: async () => {
      await last;
      await file.close();
    },
  };
}

function replace(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

function revive(key: string, value: unknown): unknown {
  return key === 'minor' && typeof value === 'number' ? BigInt(value) : value;
}
