/**
 * The negative controls: each takes one guard out of the source, and names the test that must notice. A guard nobody
 * misses is not a guard, or its test is not a test.
 */
export interface Mutant {
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Exact text, once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Which guard is gone, and what must go wrong without it. */
  readonly about: string;
  /** The test that goes red: its file and its title, suites left out. */
  readonly red: { readonly file: string; readonly title: string };
}

export const mutants: readonly Mutant[] = [
  {
    name: 'sample-limit-removed',
    file: 'test/support/mutant-sample.ts',
    find: 'if (taken + amount > limit) return undefined;',
    replace: '',
    about: 'Takes the limit out of the sample. Without it more is taken than there is.',
    red: { file: 'test/support/mutant-sample.test.ts', title: 'never takes more than the limit' },
  },
];
