import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { goesRed } from '#test/support/goes-red.ts';
import { type Mutant, mutants } from '#test/support/mutants.ts';
import { mutate } from '#test/support/mutate.ts';
import { repositoryRoot } from '#test/support/source-tree.ts';
import { failpoints } from '../crash/failpoints.ts';

const sample: Mutant = {
  name: 'sample-limit-removed',
  file: 'test/support/mutant-sample.ts',
  find: 'guard();',
  replace: '',
  about: '',
  red: { file: 'test/support/mutant-sample.test.ts', title: 'takes what is left' },
};

/** Runs a module's text with the preload, in a process of its own. */
function run(code: string, name?: string) {
  const { NODE_TEST_CONTEXT: _, QUITTANCE_MUTANT: __, ...environment } = process.env;
  return spawnSync(
    process.execPath,
    ['--import', './test/support/mutant.ts', '--input-type=module', '--eval', code],
    {
      cwd: repositoryRoot,
      encoding: 'utf8',
      env: name === undefined ? environment : { ...environment, QUITTANCE_MUTANT: name },
    },
  );
}

describe('the table of mutants', () => {
  for (const mutant of mutants)
    it(`finds the text of ${mutant.name} once in ${mutant.file}, and the test that must go red`, () => {
      assert.notEqual(mutate(mutant, readFileSync(join(repositoryRoot, mutant.file), 'utf8')), '');
      assert.notEqual(mutant.replace, mutant.find);
      assert.ok(existsSync(join(repositoryRoot, mutant.red.file)), mutant.red.file);
    });

  for (const point of failpoints)
    it(`finds the text of ${point.name} once in ${point.file}, where a server is made to die`, () => {
      assert.notEqual(mutate(point, readFileSync(join(repositoryRoot, point.file), 'utf8')), '');
    });

  it('has every name once', () => {
    assert.equal(new Set(mutants.map(({ name }) => name)).size, mutants.length);
  });
});

describe('a mutant', () => {
  it('is refused when its text is gone from the source', () => {
    assert.throws(() => mutate(sample, 'return 1;'), /must occur once in .*mutant-sample.ts, not 0 times/);
  });

  it('is refused when its text is there twice', () => {
    assert.throws(() => mutate(sample, 'guard(); guard();'), /not 2 times/);
  });

  it('is put in as written, dollar signs included', () => {
    assert.equal(mutate({ ...sample, replace: '$&' }, 'guard();'), '$&');
  });

  it('that is unknown stops the process before anything runs', () => {
    const { status, stdout, stderr } = run('console.log("ran")', 'no-such-mutant');
    assert.notEqual(status, 0);
    assert.equal(stdout, '');
    assert.match(stderr, /QUITTANCE_MUTANT is no-such-mutant/);
  });

  it('that is not named stops the process before anything runs', () => {
    const { status, stderr } = run('console.log("ran")');
    assert.notEqual(status, 0);
    assert.match(stderr, /QUITTANCE_MUTANT is not set/);
  });

  for (const specifier of ['#test/support/mutant-sample.ts', './test/support/mutant-sample.ts'])
    it(`changes TypeScript that is imported as ${specifier}`, () => {
      const code = `import { take } from '${specifier}'; console.log(String(take(9n, 9n)));`;
      const { stdout, stderr } = run(code, sample.name);
      assert.equal(stdout, '18\n', stderr);
    });

  it('changes what a worker thread loads', () => {
    const inWorker = `import { take } from './test/support/mutant-sample.ts'; console.log(String(take(9n, 9n)));`;
    const code = `
      import { Worker } from 'node:worker_threads';
      new Worker(new URL('data:text/javascript,' + encodeURIComponent(
        ${JSON.stringify(inWorker)}.replace('./', '${new URL('../..', import.meta.url).href}'))));`;
    const { stdout, stderr } = run(code, sample.name);
    assert.equal(stdout, '18\n', stderr);
  });
});

describe('a control', () => {
  it('is red when the named test fails without the guard', async () => {
    const { red, output } = await goesRed({
      ...sample,
      red: { ...sample.red, title: 'never takes more than the limit' },
    });
    assert.ok(red, output);
  });

  it('is not red when the named test passes without the guard', async () => {
    assert.equal((await goesRed(sample)).red, false);
  });

  it('is not red when there is no test of that title', async () => {
    assert.equal((await goesRed({ ...sample, red: { ...sample.red, title: 'no such title' } })).red, false);
  });

  it('is not red when the process fails before the test', async () => {
    assert.equal((await goesRed({ ...sample, name: 'no-such-mutant' })).red, false);
  });
});
