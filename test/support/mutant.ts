/**
 * Takes one guard out of the source as it is loaded: preload this file with `QUITTANCE_MUTANT` naming an entry of
 * `mutants.ts`, or a point of `failpoints.ts` to die at. Worker threads and Node processes that are started with the same environment are covered too. It fails
 * before anything runs where the mutant is unknown or its text is not there.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { failpoints } from '../crash/failpoints.ts';
import { mutants } from './mutants.ts';
import { mutate } from './mutate.ts';

const name = process.env.QUITTANCE_MUTANT;
const mutant = [...mutants, ...failpoints].find((candidate) => candidate.name === name);
if (mutant === undefined) throw new Error(`QUITTANCE_MUTANT is ${name ?? 'not set'}: no mutant of that name`);

const target = new URL(`../../${mutant.file}`, import.meta.url);
const source = mutate(mutant, readFileSync(target, 'utf8'));

registerHooks({
  load: (url, context, nextLoad) =>
    url === target.href
      ? { format: 'module-typescript', source, shortCircuit: true }
      : nextLoad(url, context),
});
