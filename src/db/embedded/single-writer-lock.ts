import fs from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';

export interface DirectoryLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** Changes with every start of the machine; empty where the system does not say. */
  readonly bootId: string;
  /** When the process started, in the kernel's own count; tells a reused pid from the holder. */
  readonly startedAt: string;
}

/**
 * Takes the data directory for this process, or throws one sentence. Two processes on one directory overwrite each
 * other without a word. Two guards, for each misses something: a socket in Linux's abstract namespace, released by
 * the kernel with the process and so never stale, but seen only within one network namespace; and a file naming the
 * holder, seen by all.
 */
export async function holdDirectory(directory: string): Promise<DirectoryLock> {
  const server = await bindAbstractSocket(directory);
  const path = join(directory, 'lock');
  try {
    claimFile(path, directory);
  } catch (error) {
    server?.close();
    throw error;
  }
  return {
    async release() {
      fs.rmSync(path, { force: true });
      server?.close();
    },
  };
}

function inUse(directory: string, by: string): Error {
  return new Error(`The data directory ${directory} is in use by ${by}: stop that one first.`);
}

async function bindAbstractSocket(directory: string): Promise<net.Server | undefined> {
  if (process.platform !== 'linux') return undefined;
  // Device and inode name the directory whatever path leads to it.
  const { dev, ino } = fs.statSync(directory);
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? inUse(directory, 'another process') : error);
    });
    server.listen(`\0quittance-${dev}-${ino}`, resolve);
  });
  return server.unref();
}

function claimFile(path: string, directory: string): void {
  const mine = JSON.stringify(identify(process.pid));
  for (;;) {
    try {
      fs.writeFileSync(path, mine, { flag: 'wx', mode: 0o600, flush: true });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder && isAlive(holder)) throw inUse(directory, `process ${holder.pid}`);
    fs.rmSync(path, { force: true });
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(fs.readFileSync(path, 'utf8')) as Holder;
  } catch {
    // Torn by a power cut: whoever wrote it is gone.
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  const now = identify(holder.pid);
  if (holder.bootId !== now.bootId) return false;
  if (now.startedAt !== '') return holder.startedAt === now.startedAt;
  return process.platform !== 'linux' && acceptsSignals(holder.pid);
}

/** `startedAt` is empty when there is no such process, or where the system does not say. */
function identify(pid: number): Holder {
  const bootId = readOrEmpty('/proc/sys/kernel/random/boot_id').trim();
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The name in parentheses may hold spaces; field 22 counts from the start, the state after the name is field 3.
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid, bootId, startedAt: afterName[19] ?? '' };
}

function readOrEmpty(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function acceptsSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
