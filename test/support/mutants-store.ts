/** Negative controls of the stores: what is known of statements, and what the embedded one must do for itself. */
import type { Mutant } from './mutants.ts';

const file = 'src/db/embedded/upkeep.ts';
const test = 'src/db/embedded/upkeep.test.ts';

export const storeMutants: readonly Mutant[] = [
  {
    name: 'columns-of-another-statement',
    file: 'src/db/statement.ts',
    find: 'this.#reading = readings.get(name);',
    replace: 'this.#reading = readings.values().next().value;',
    about: 'Reads what a statement answers by the columns of the first one that ran on the connection.',
    red: {
      file: 'src/db/statement.test.ts',
      title: 'answers rows of its own columns each time it runs, beside others of other columns',
    },
  },
  {
    name: 'embedded-log-without-end',
    file,
    find: "if (await isLogLonger(store, logBytes)) await store.execute('checkpoint');",
    replace: 'await isLogLonger(store, logBytes);',
    about:
      'Makes no checkpoint while the store is open. Its log fills the disk, and a crash takes hours to replay.',
    red: { file: test, title: 'the embedded store’s log is cut back once it is long, and not before' },
  },
  {
    name: 'embedded-ids-run-out',
    file,
    find: 'select size.age > $1::int as old',
    replace: 'select size.age > $1::int and false as old',
    about:
      'Vacuums what changes. Without this look the store stops for good when its transaction ids are used up.',
    red: {
      file: test,
      title: 'what the embedded store remembers of transactions is let go before their ids run out',
    },
  },
  {
    name: 'embedded-store-left-alone',
    file,
    find: 'const timer = setInterval(look, usualEveryMs);',
    replace: 'const timer = setInterval(() => look, usualEveryMs);',
    about: 'Knows how to look after the store, and never does.',
    red: { file: test, title: 'an open store is looked after every minute, and until it is closed' },
  },
];
