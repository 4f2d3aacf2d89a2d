import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const neededBytes = 2 * 1024 ** 3;

/**
 * A directory for the stores of one test file, in memory where there is room: what survives a cut is decided by the
 * journal, or by the kernel outliving a killed process, and never by the disk below.
 */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), 'quittance-power-cut-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function hasRoom(path: string): boolean {
  if (!existsSync(path)) return false;
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize >= neededBytes;
}
