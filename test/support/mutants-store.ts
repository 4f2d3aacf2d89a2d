/** Negative controls of the embedded store: what it must do for itself, having none of PostgreSQL's processes. */
import type { Mutant } from './mutants.ts';

const file = 'src/db/embedded/upkeep.ts';
const test = 'src/db/embedded/upkeep.test.ts';

export const storeMutants: readonly Mutant[] = [
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
