import { execFile, type SpawnOptions, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

const run = promisify(execFile);

export interface Cluster {
  /** Connects as the superuser to the database `postgres`. */
  readonly url: string;
  readonly pid: number;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a private PostgreSQL of the installed version (Debian's packages keep the binaries in
 * /usr/lib/postgresql/<version>/bin) on a free port of the loopback interface, with its files in a temporary
 * directory and durable as in production. `settings` are added to its configuration.
 */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const binaries = findBinaries();
  const user = await unprivilegedUser();
  const directory = mkdtempSync(join(tmpdir(), 'quittance-postgres-'));
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  await run(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    {
      ...user,
      cwd: directory,
    },
  );
  const port = await freePort();
  const chosen = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'on',
    max_connections: '200',
    ...settings,
  };
  const parameters = Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const options: SpawnOptions = { ...user, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] };
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...parameters], options);
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));

  async function stop(): Promise<void> {
    // SIGINT is PostgreSQL's fast shutdown: sessions are ended, files are left clean.
    server.kill('SIGINT');
    await exited;
    rmSync(directory, { recursive: true, force: true });
  }

  try {
    await readiness(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, pid: server.pid ?? 0, stop };
}

/** Whether tests that need PostgreSQL can have one: a server named to them, or programs to start a private one. */
export function hasPostgres(): boolean {
  if (process.env.TEST_DATABASE_URL !== undefined) return true;
  try {
    return findBinaries() !== '';
  } catch {
    return false;
  }
}

function findBinaries(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).filter((name) => Number(name) >= 15) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (!newest) throw new Error(`No PostgreSQL 15 or newer below ${root}: install the package postgresql.`);
  return join(root, newest, 'bin');
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'postgres'])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/** Resolves when the server says so in its log; rejects with the log when it ends first. */
function readiness(server: ReturnType<typeof spawn>): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk).slice(-10_000);
      if (log.includes('database system is ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
    server.once('error', reject);
  });
}
