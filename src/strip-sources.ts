/** Prints the product's sources without their types, as JSON of `[URL, source]`; for `load-stripped.js`. */
import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const files = globSync('{src,web}/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] });
const stripped = files.map((file) => {
  const path = join(root, file);
  return [pathToFileURL(path).href, stripTypeScriptTypes(readFileSync(path, 'utf8'))];
});
process.stdout.write(JSON.stringify(stripped));
