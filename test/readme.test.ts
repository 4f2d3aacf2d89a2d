/** The README's first minute, done by a machine: `npm start`, the commands as pasted, then SIGTERM. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '#test/support/free-port.ts';
import { shellBlocksUnder } from '#test/support/readme-commands.ts';
import { repositoryRoot } from '#test/support/source-tree.ts';

const heading = 'Pay your first link in a minute';

/** What the outside contract allows on a cold machine with two cores. */
const readyWithinMs = 20_000;

/** Longer than the server's own time for draining. */
const stopsWithinMs = 30_000;

/** Curl calls an error answer of the server a success; here it is not. The pasted text stays as it is. */
const prelude = 'set -euo pipefail\ncurl() { command curl --fail-with-body "$@"; }\nexport -f curl\n';

/**
 * Other tests share the machine. A start that comes late counts by the processor's time it took, which is no less than it takes
 * where nobody else wants the processor; and the best of a few cold starts tells what the product takes, not what they take.
 */
const coldStarts = 5;
const patienceMs = 3 * readyWithinMs;

describe('the README', () => {
  const data: string[] = [];
  let server: ChildProcess;
  let port = 0;
  let output = '';

  after(() => {
    endGroup(server);
    for (const directory of data) rmSync(directory, { recursive: true, force: true });
  });

  /** `npm start` on an empty directory. Answers whether /demo.json answers in time. */
  async function startsInTime(): Promise<boolean> {
    const directory = mkdtempSync(join(tmpdir(), 'quittance-readme-'));
    data.push(directory);
    port = await freePort();
    output = '';
    const giveUp = AbortSignal.timeout(patienceMs);
    const startedMs = performance.now();
    server = spawn('npm', ['start'], {
      cwd: repositoryRoot,
      env: { ...plainEnvironment(), PORT: String(port), QUITTANCE_DATA: directory },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [server.stdout, server.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    while (!giveUp.aborted) {
      assert.equal(server.exitCode, null, `npm start ended:\n${output}`);
      const answer = await fetch(`http://localhost:${port}/demo.json`, { signal: giveUp }).catch(
        () => undefined,
      );
      if (answer?.status === 200)
        return Math.min(performance.now() - startedMs, processorMs(server)) <= readyWithinMs;
      await setTimeout(50);
    }
    return false;
  }

  it('is right that `npm start` is all it takes: /demo.json answers within 20 s', async () => {
    for (let tried = 1; !(await startsInTime()); tried += 1) {
      endGroup(server);
      assert.ok(tried < coldStarts, `no /demo.json within ${readyWithinMs} ms, ${tried} times:\n${output}`);
    }
  });

  it(`gives commands that work as pasted, under «${heading}»`, () => {
    const blocks = shellBlocksUnder(readFileSync(join(repositoryRoot, 'README.md'), 'utf8'), heading);
    assert.ok(blocks.length > 0, `README.md has no sh block under «${heading}»`);
    const script = blocks
      .join('\n')
      .replaceAll('localhost:4000', `localhost:${port}`)
      .replaceAll('localhost:4001', `localhost:${port + 1}`);
    const { status, stdout, stderr, error } = spawnSync('bash', ['-c', prelude + script], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      env: plainEnvironment(),
      timeout: 60_000,
    });
    assert.equal(error, undefined);
    assert.equal(status, 0, `${script}\n--- printed\n${stdout}\n${stderr}\n--- server\n${output}`);
  });

  it('leaves nothing behind: SIGTERM to `npm start` ends the server with exit 0', async () => {
    const exited = once(server, 'exit', { signal: AbortSignal.timeout(stopsWithinMs) });
    server.kill('SIGTERM');
    const [code] = await exited;
    assert.equal(code, 0, output);
    await assert.rejects(fetch(`http://localhost:${port}/healthz`), 'the server outlived npm');
  });
});

describe('the reader of shell blocks', () => {
  const page = [
    '# Title\n```sh\nno\n```',
    '## Wanted\n```sh\n# a comment, not a heading\none\n```\n```json\n{}\n```',
    '### Deeper\n```sh\ntwo\n```',
    '## Next\n```sh\nno\n```',
  ].join('\n');

  it('takes the sh blocks under the heading and its subheadings, and no others', () => {
    assert.deepEqual(shellBlocksUnder(page, 'wanted'), ['# a comment, not a heading\none', 'two']);
  });

  it('finds nothing where the heading is missing', () => {
    assert.deepEqual(shellBlocksUnder(page, 'Absent'), []);
  });
});

/** What the processes of a group have had of the processor, in ms: whole seconds, as `ps` tells them. Infinite where it does not. */
function processorMs({ pid }: ChildProcess): number {
  const { stdout } = spawnSync('ps', ['-eo', 'pgid=,time='], { encoding: 'utf8' });
  const own = (stdout ?? '').split('\n').flatMap((line) => {
    const [group, time = ''] = line.trim().split(/\s+/);
    return group === String(pid) ? [time] : [];
  });
  if (own.length === 0) return Number.POSITIVE_INFINITY;
  const seconds = (time: string) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return own.reduce((sum, time) => sum + seconds(time) * 1_000, 0);
}

/** This process's environment without what would make the server or the shell behave otherwise than a reader's. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT, NODE_OPTIONS, DATABASE_URL, TEST_DATABASE_URL, SIMULATOR_URL, ...rest } =
    process.env;
  return rest;
}

/** Ends whatever is left of the processes `npm start` began: they share its process group. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
