/** The product as a process of its own: to be killed, doubled, or started with a guard taken out. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import project from '../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface ServerOptions {
  readonly port: number;
  /** QUITTANCE_DATA. */
  readonly directory: string;
  readonly databaseUrl?: string | undefined;
  /** Simulators that outlive the server; without it the server starts its own. */
  readonly simulatorUrl?: string | undefined;
  /** A guard to take out, or a point to die at: see mutants.ts and failpoints.ts. */
  readonly mutant?: string | undefined;
  readonly command?: 'demo' | 'serve';
  /** Variables beside those that follow from the other options. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and answers the exit code. */
  stop(): Promise<number | null>;
}

// Longer than any machine takes that is not stuck: what other tests do beside it counts, too.
const readyMs = 120_000;

/** Starts a server and waits until it answers. Throws what it printed where it does not come up. */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [...nodeFlags(), ...preload(options.mutant), 'src/main.ts', options.command ?? 'demo'],
    {
      cwd: root,
      env: environmentOf(options),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed += chunk;
  });
  const url = `http://localhost:${options.port}`;
  await waitUntilReady(child, url, () => printed);
  return {
    url,
    child,
    output: () => printed,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    stop: async () => {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

/** Runs a command of the product to its end, in an environment of its own; nothing of ours is inherited but the path. */
export async function runMain(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: readyMs,
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** What `npm run serve` says to Node, and to the C library: how a server is measured is how it runs. */
const serveWords = project.scripts.serve.split(' ');

function nodeFlags(): string[] {
  return serveWords.filter((word) => word.startsWith('--'));
}

function serveVariables(): NodeJS.ProcessEnv {
  const pairs = serveWords.map((word) => /^([A-Z_]+)=(.*)$/.exec(word)).filter((match) => match !== null);
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value]));
}

function preload(mutant: string | undefined): string[] {
  return mutant === undefined ? [] : ['--import', fileURLToPath(new URL('./mutant.ts', import.meta.url))];
}

function environmentOf(options: ServerOptions): NodeJS.ProcessEnv {
  const { DATABASE_URL: _database, SIMULATOR_URL: _simulator, ...inherited } = process.env;
  return {
    ...inherited,
    ...serveVariables(),
    PORT: String(options.port),
    QUITTANCE_DATA: options.directory,
    LOG_LEVEL: 'error',
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    ...(options.simulatorUrl === undefined ? {} : { SIMULATOR_URL: options.simulatorUrl }),
    ...(options.mutant === undefined ? {} : { QUITTANCE_MUTANT: options.mutant }),
    ...options.environment,
  };
}

async function waitUntilReady(child: ChildProcess, url: string, printed: () => string): Promise<void> {
  const giveUp = AbortSignal.timeout(readyMs);
  while (child.exitCode === null && child.signalCode === null) {
    if (giveUp.aborted) break;
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  // Not before its last words have been read.
  if (!child.stderr?.closed) await once(child, 'close');
  const how = child.signalCode ?? child.exitCode ?? 'still starting';
  throw new Error(`the server did not come up (${how}):\n${printed()}`);
}
