// @ts-check
/**
 * Preloaded by `npm run serve` (`--import`): the product's sources, stripped of their types by a process that ends.
 *
 * Node strips types as it loads a file, with a program of 18 MB that stays in the process for as long as it lives, though
 * nothing is left to strip a second after the start. No line or column changes: a stack trace says what it always said.
 * Plain JavaScript, since the stripper would be loaded for this file otherwise.
 */
import { execFileSync } from 'node:child_process';
import { getCompileCacheDir, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

/** Text of two megabytes at the time of writing. */
const maxBuffer = 256 * 1024 ** 2;

/** @returns {Map<string, string>} by the URL of its file */
function readStripped() {
  const program = fileURLToPath(new URL('strip-sources.ts', import.meta.url));
  const text = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    encoding: 'utf8',
    maxBuffer,
    // Where NODE_OPTIONS has it preload this file, it would start another process, and that one another.
    env: {},
  });
  return new Map(JSON.parse(text));
}

/** What is not among the sources is left to Node. Each is loaded once, and not kept here after that. */
function loadStripped() {
  const sources = readStripped();
  registerHooks({
    load: (url, context, nextLoad) => {
      const source = sources.get(url);
      if (source === undefined) return nextLoad(url, context);
      sources.delete(url);
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

// The embedded store's thread has few files. Where Node keeps what it compiles, it has kept it stripped.
if (isMainThread && getCompileCacheDir() === undefined) loadStripped();
