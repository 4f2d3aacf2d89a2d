/** Negative controls of the bench: guards without which its figures claim what was not measured. */
import type { Mutant } from './mutants.ts';

export const benchMutants: readonly Mutant[] = [
  {
    name: 'ratio-across-rounds',
    file: 'bench/ratio.ts',
    find: 'const one = rounds[round];',
    replace: 'const one = rounds[0];',
    about: 'Divides one round by another. A slow moment of the machine counts for one side only.',
    red: {
      file: 'bench/figures.test.ts',
      title:
        'a ratio is taken within one round, and the row shows the median of the ratios, not the ratio of the medians',
    },
  },
  {
    name: 'red-audit-ignored',
    file: 'bench/audit-books.ts',
    find: 'return red.length === 0 ? 0 : 1;',
    replace: 'return 0;',
    about: 'Lets a run pass whose books do not hold. Speed is bought by what was left out.',
    red: {
      file: 'bench/figures.test.ts',
      title: 'a run whose audit is red fails, and says which invariants do not hold',
    },
  },
];
