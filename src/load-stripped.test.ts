import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { freePort } from '#test/support/free-port.ts';
import { makeProcessStore } from '#test/support/process-store.ts';
import { startServerProcess } from '#test/support/server-process.ts';
import { repositoryRoot } from '#test/support/source-tree.ts';
import project from '../package.json' with { type: 'json' };

const run = promisify(execFile);

/** What `npm run serve` preloads. */
const preload = project.scripts.serve.split(' ').filter((word) => word.startsWith('--import='));

/** Where Node keeps what it has compiled, it has it stripped already. */
const stripsAnew = { NODE_DISABLE_COMPILE_CACHE: '1' };

describe('the process that npm run serve starts', () => {
  const hasStripper = `
    await import('./src/app.ts');
    console.log(process.moduleLoadList.some((name) => name.includes('amaro')));`;

  it('has no stripper of types in its memory', async () => {
    assert.equal(await evaluate(preload, hasStripper), 'false\n');
  });

  it('would have it if nothing were preloaded', async () => {
    assert.equal(await evaluate([], hasStripper), 'true\n');
  });

  it('serves', async (t) => {
    const store = await makeProcessStore();
    const { directory, databaseUrl } = store;
    const server = await startServerProcess({
      port: await freePort(),
      directory,
      databaseUrl,
      environment: stripsAnew,
    });
    t.after(async () => {
      await server.kill();
      await store.remove();
    });
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
    assert.equal(await server.stop(), 0);
  });

  it('tells the lines and columns of the sources', async () => {
    const whereItFails = `
      const { minorToJson } = await import('./src/kit/money.ts');
      try { minorToJson(2n ** 60n); } catch (error) { console.log(error.stack); }`;
    const said = await evaluate(preload, whereItFails);
    assert.match(said, /money\.ts:\d+:\d+/);
    assert.equal(said, await evaluate([], whereItFails));
  });
});

/** What a program prints that is started in the product's folder. */
async function evaluate(flags: readonly string[], program: string): Promise<string> {
  const { stdout } = await run(process.execPath, [...flags, '--input-type=module', '--eval', program], {
    cwd: repositoryRoot,
    env: { ...process.env, ...stripsAnew },
  });
  return stdout;
}
