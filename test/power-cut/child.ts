import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Found } from './rows.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

export interface Child {
  readonly process: ChildProcess;
  /** Whole lines printed so far. */
  lines(): string[];
  /** Resolves at the first line that passes. Rejects when the process ends without it. */
  seen(passes: (line: string, index: number) => boolean): Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface ChildOptions {
  readonly environment?: Record<string, string>;
  /** A module loaded first, in the process and in its threads. */
  readonly preload?: string;
  /** Killed after this long, two minutes unless said: a damaged store may never answer, and a busy machine is slow. */
  readonly patienceMs?: number;
}

/** Starts one of this folder's scripts as a process of its own. */
export function startChild(script: string, parameters: readonly string[], options: ChildOptions = {}): Child {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const preload = options.preload ? ['--import', path(options.preload)] : [];
  const child = spawn(process.execPath, [...preload, path(script), ...parameters], {
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.patienceMs ?? 120_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal, output, errors }));
  const lines = () => output.split('\n').slice(0, -1);
  return {
    process: child,
    ended,
    lines,
    seen: (passes) =>
      new Promise((resolve, reject) => {
        const look = () => lines().some(passes) && resolve();
        child.stdout.on('data', look);
        look();
        void ended.then((end) => reject(new Error(`Ended with ${end.code ?? end.signal}: ${end.errors}`)));
      }),
  };
}

/** Opens the store in another process and answers what it holds, or why it could not be opened. */
export async function readStore(directory: string): Promise<Found | { readonly unreadable: string }> {
  const { code, signal, output, errors } = await startChild('read-rows.ts', [directory]).ended;
  return code === 0
    ? (JSON.parse(output) as Found)
    : { unreadable: `${code ?? signal}: ${errors.slice(-300)}` };
}
