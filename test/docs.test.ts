/** Holds the pages to the repository: what can be checked in them is checked. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  documentedVariables,
  linkFaults,
  pathFaults,
  scriptFaults,
  variablesRead,
} from '#test/support/doc-rules.ts';
import { readFiles, repositoryRoot, type SourceFile } from '#test/support/source-tree.ts';

const exists = (path: string) => existsSync(join(repositoryRoot, path));
const pages = readFiles(['**/*.md']).filter(({ path }) => !path.includes('/fixtures/'));
const [manifest] = readFiles(['package.json']);
const scripts: Record<string, string> = JSON.parse(manifest?.text ?? '').scripts;

function the(path: string): SourceFile {
  const [file] = readFiles([path]);
  assert.ok(file !== undefined, `${path} is not there`);
  return file;
}

const page = (text: string): SourceFile => ({ path: 'docs/page.md', text });

describe('the pages', () => {
  it('link to files that are there', () => {
    assert.ok(pages.length > 0);
    assert.deepEqual(
      pages.flatMap((each) => linkFaults(each, exists)),
      [],
    );
    assert.deepEqual(
      linkFaults(page('[a](../README.md#x) [b](#y) [c](https://example.com)'), () => true),
      [],
    );
    assert.deepEqual(
      linkFaults(page('[a](gone.md#x)'), () => false),
      ['docs/page.md links to docs/gone.md, which is not there'],
    );
  });

  it('name source files that are there', () => {
    assert.deepEqual(
      pages.flatMap((each) => pathFaults(each, exists)),
      [],
    );
    assert.deepEqual(
      pathFaults(page('see `src/gone.ts`'), () => false),
      ['docs/page.md names src/gone.ts, which is not there'],
    );
  });

  it('name npm scripts that are there', () => {
    assert.deepEqual(
      pages.flatMap((each) => scriptFaults(each, scripts)),
      [],
    );
    assert.deepEqual(scriptFaults(page('`npm run gone && npm test`'), { test: '' }), [
      'docs/page.md names the npm script gone, which package.json does not have',
    ]);
  });
});

describe('docs/operations.md', () => {
  it('lists exactly the environment variables that src/config.ts reads', () => {
    const documented = documentedVariables(the('docs/operations.md'));
    assert.ok(documented.size > 0);
    assert.deepEqual([...documented].sort(), [...variablesRead(the('src/config.ts'))].sort());
  });

  it('is read by its table, and the code by its names', () => {
    const table = '| variable | default |\n|---|---|\n| `PORT` | `4000` |\n| `LOG_LEVEL` | |\n\nNot `OTHER`.';
    assert.deepEqual([...documentedVariables(page(table))], ['PORT', 'LOG_LEVEL']);
    const code =
      "const DEFAULT_PORT = 1; environment.PORT; environment['LOG_LEVEL']; read('PUBLIC_URL', 'info');";
    assert.deepEqual(
      variablesRead({ path: 'src/config.ts', text: code }),
      new Set(['PORT', 'LOG_LEVEL', 'PUBLIC_URL']),
    );
  });
});
