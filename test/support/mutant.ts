/**
 * Changes one module's source as it is loaded: `QUITTANCE_MUTANT=<name> node --import ./test/support/mutant.ts …`.
 * Worker threads are covered as well, since they inherit the preload. Product code needs no test switches for this.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Mutant, mutants } from './mutants.ts';

const root = new URL('../..', import.meta.url);

/** The mutated source. An error unless `find` occurs exactly once: a control must not rot. */
export function mutate(mutant: Mutant, source: string): string {
  const [before, after, ...more] = source.split(mutant.find);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(
      `mutant ${mutant.name}: its text must occur once in ${mutant.file}, not ${source.split(mutant.find).length - 1} times`,
    );
  return before + mutant.replace + after;
}
