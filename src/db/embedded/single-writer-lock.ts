import fs from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import type { Clock } from '#kit/clock.ts';

export interface DirectoryLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** Changes with every start of the machine; empty where the system does not say. */
  readonly bootId: string;
  /** Which process numbers are meant: containers count their own. */
  readonly pidNamespace: string;
  /** When the process started, in the kernel's own count; tells a reused pid from the holder. */
  readonly startedAt: string;
}

const beatMs = 5_000;
/** A holder we cannot see is taken for gone after this long without a beat. */
const silenceMs = 30_000;

/**
 * Takes the data directory for this process, or throws one sentence. Two processes on one directory overwrite each
 * other without a word. Two guards, for each misses something: a socket in Linux's abstract namespace, released by
 * the kernel with the process and so never stale, but seen only within one network namespace; and a file naming the
 * holder. A holder in another container or on another machine cannot be looked up, so it also touches its file;
 * `onLost` hears of it when, after a long sleep of the machine, another has taken the directory over.
 */
export async function holdDirectory(
  directory: string,
  clock: Clock,
  onLost: (reason: string) => void,
): Promise<DirectoryLock> {
  const server = await bindAbstractSocket(directory);
  const path = join(directory, 'lock');
  const mine = JSON.stringify(identify(process.pid));
  try {
    claimFile(path, mine, directory, clock);
  } catch (error) {
    server?.close();
    throw error;
  }
  const heart = setInterval(() => {
    const isStillMine = orEmpty(() => fs.readFileSync(path, 'utf8')) === mine;
    if (isStillMine) fs.utimesSync(path, clock.now(), clock.now());
    else onLost(`Another process took over the data directory ${directory}.`);
  }, beatMs).unref();
  return {
    async release() {
      clearInterval(heart);
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

function claimFile(path: string, mine: string, directory: string, clock: Clock): void {
  for (;;) {
    try {
      fs.writeFileSync(path, mine, { flag: 'wx', mode: 0o600, flush: true });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (isAlive(holder) ?? beatRecently(path, clock)) {
      throw inUse(directory, holder ? `process ${holder.pid}` : 'another process');
    }
    fs.rmSync(path, { force: true });
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(fs.readFileSync(path, 'utf8')) as Holder;
  } catch {
    // Half written, or torn by a power cut.
    return undefined;
  }
}

/** Undefined when the holder cannot be seen from here. */
function isAlive(holder: Holder | undefined): boolean | undefined {
  const self = identify(process.pid);
  if (holder?.bootId !== self.bootId || holder.pidNamespace !== self.pidNamespace) return undefined;
  if (self.startedAt === '') return acceptsSignals(holder.pid);
  return identify(holder.pid).startedAt === holder.startedAt;
}

function beatRecently(path: string, clock: Clock): boolean {
  const beat = fs.statSync(path, { throwIfNoEntry: false });
  return beat !== undefined && clock.now().getTime() - beat.mtimeMs < silenceMs;
}

/** `startedAt` is empty when there is no such process, or where the system does not say. */
function identify(pid: number): Holder {
  const stat = orEmpty(() => fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name in parentheses may hold spaces; field 22 counts from the start, the state after the name is field 3.
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    bootId: orEmpty(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: orEmpty(() => fs.readlinkSync('/proc/self/ns/pid')),
    startedAt: afterName[19] ?? '',
  };
}

function orEmpty(read: () => string): string {
  try {
    return read();
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
