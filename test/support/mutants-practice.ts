/** Negative controls of the import of a practice: guards without which a file counts in part, twice, or without end. */
import type { Mutant } from './mutants.ts';

export const practiceMutants: readonly Mutant[] = [
  {
    name: 'practice-file-key-of-any-file',
    file: 'src/core/practice/import-practice-file.ts',
    find: 'return await apply(core, withContent(call, file.digest()), {',
    replace: 'return await apply(core, call, {',
    about:
      'Leaves the file out of what a key stands for. Another file is answered as if it had been imported.',
    red: {
      file: 'src/facades/native/practice-import.test.ts',
      title: 'is taken once under one key, and the key is good for no other file',
    },
  },
  {
    name: 'practice-file-wrong-lines-skipped',
    file: 'src/facades/native/read-practice-file.ts',
    find: '  if (first !== undefined)\n',
    replace: '  if (first === null)\n',
    about:
      'Imports what is right of a file and says nothing of the rest. Clients are missing, and nobody knows.',
    red: {
      file: 'src/facades/native/practice-import.test.ts',
      title: 'that is wrong is told so line by line and field by field, and nothing of it is kept',
    },
  },
];
