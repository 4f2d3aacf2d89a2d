import fs from 'node:fs';
import { join } from 'node:path';

/** The unit in which a host writes a file back to its disk. */
const pageBytes = 4096;

export interface HostJournal {
  /** Called before every write the engine makes to the host, with how many there have been. */
  onWrite: (count: number) => void;
  /**
   * Copies `from` to `to` as a power cut would leave it: names and sizes are safe, and of each page written since its
   * file was last synced either the new content or the old survives, as `survives` says.
   */
  cut(from: string, to: string, survives: () => boolean): void;
  /** Takes the hooks off the host's file system again. */
  remove(): void;
}

/**
 * Watches the writes and syncs that go through `node:fs`, synchronously, as the embedded engine's do, and remembers
 * for every page what its file would hold had the power gone out.
 */
export function journalHostWrites(): HostJournal {
  /** By inode: the durable content of each page that was overwritten and not synced since. */
  const unsynced = new Map<number, Map<number, Buffer>>();
  const original = { ...fs };
  const { writeSync, fsyncSync, unlinkSync } = fs;
  let writes = 0;

  const journal: HostJournal = {
    onWrite: () => {},
    cut(from, to, survives) {
      original.cpSync(from, to, { recursive: true });
      for (const entry of original.readdirSync(from, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const source = join(entry.parentPath, entry.name);
        const pages = unsynced.get(original.statSync(source).ino);
        if (pages) forget(source.replace(from, to), pages, survives);
      }
    },
    remove: () => Object.assign(fs, { writeSync, fsyncSync, unlinkSync }),
  };

  function forget(path: string, pages: Map<number, Buffer>, survives: () => boolean): void {
    const size = original.statSync(path).size;
    const descriptor = original.openSync(path, 'r+');
    for (const [page, durable] of pages) {
      const offset = page * pageBytes;
      if (offset >= size || survives()) continue;
      original.writeSync(descriptor, durable, 0, Math.min(pageBytes, size - offset), offset);
    }
    original.closeSync(descriptor);
  }

  function remember(descriptor: number, position: number, length: number): void {
    const { ino } = original.fstatSync(descriptor);
    const pages = unsynced.get(ino) ?? new Map<number, Buffer>();
    unsynced.set(ino, pages);
    const last = Math.floor((position + length - 1) / pageBytes);
    for (let page = Math.floor(position / pageBytes); page <= last; page += 1) {
      if (pages.has(page)) continue;
      // Beyond the end of the file this stays zeros, which is what the disk would show.
      const durable = Buffer.alloc(pageBytes);
      readDurable(descriptor, durable, page * pageBytes);
      pages.set(page, durable);
    }
  }

  function readDurable(descriptor: number, into: Buffer, position: number): void {
    const path = `/proc/self/fd/${descriptor}`;
    // The engine may hold the file open for writing only.
    const reader = original.openSync(path, 'r');
    original.readSync(reader, into, 0, into.length, position);
    original.closeSync(reader);
  }

  const hooks = {
    writeSync(descriptor: number, buffer: Uint8Array, offset: number, length: number, position: number) {
      writes += 1;
      journal.onWrite(writes);
      remember(descriptor, position, length);
      return original.writeSync(descriptor, buffer, offset, length, position);
    },
    fsyncSync(descriptor: number) {
      original.fsyncSync(descriptor);
      unsynced.delete(original.fstatSync(descriptor).ino);
    },
    // An inode's number may be given to a new file, whose pages are then another's.
    unlinkSync(path: fs.PathLike) {
      const { ino, nlink } = original.lstatSync(path);
      original.unlinkSync(path);
      if (nlink === 1) unsynced.delete(ino);
    },
  };
  Object.assign(fs, hooks);
  return journal;
}
