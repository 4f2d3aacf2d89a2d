/**
 * Loaded before the store: makes the host's disk fail in the engine's thread, as BREAK_HOST says: `fsync-EIO` or
 * `log-ENOSPC`, from the call numbered BREAK_AFTER on.
 */
import fs from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { BREAK_HOST: fault, BREAK_AFTER: after } = process.env;
let callsLeft = Number(after);

function failing<Parameters extends unknown[], Result>(
  operation: (...parameters: Parameters) => Result,
  code: string,
  concerns: (...parameters: Parameters) => boolean,
): (...parameters: Parameters) => Result {
  return (...parameters) => {
    if (concerns(...parameters)) callsLeft -= 1;
    if (callsLeft < 0) throw Object.assign(new Error(`${code}: the disk was told to fail`), { code });
    return operation(...parameters);
  };
}

function isLog(descriptor: number): boolean {
  return fs.readlinkSync(`/proc/self/fd/${descriptor}`).includes('/pg_wal/');
}

if (!isMainThread && fault === 'fsync-EIO') {
  Object.assign(fs, { fsyncSync: failing(fs.fsyncSync, 'EIO', () => true) });
}
if (!isMainThread && fault === 'log-ENOSPC') {
  const write = fs.writeSync as (descriptor: number, ...rest: unknown[]) => number;
  Object.assign(fs, { writeSync: failing(write, 'ENOSPC', isLog) });
}
