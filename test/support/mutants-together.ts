/** Negative controls of what is written together: guards without which one request pays for another of its batch. */
import type { Mutant } from './mutants.ts';

const file = 'test/races/same-batch.test.ts';

export const togetherMutants: readonly Mutant[] = [
  {
    name: 'payout-reference-of-any-order',
    file: 'src/core/payouts/create-payout.ts',
    find: 'found?.inputHash.equals(payout.inputHash) === true',
    replace: 'found !== undefined',
    about: 'Takes any order under a used reference for the first: what was ordered second is never paid.',
    red: {
      file,
      title:
        'payouts that are written together are one for each reference, and what is refused holds up no other',
    },
  },
  {
    name: 'hook-of-any-practice',
    file: 'src/core/hooks/ring-hooks.ts',
    find: 'tenantId !== ring.tenantId || trigger !== ring.trigger',
    replace: 'trigger !== ring.trigger',
    about: 'Rings every practice’s hooks for what is written together, so that one hears of another’s money.',
    red: { file, title: 'links of two practices that are written together ring each its own hooks' },
  },
  {
    name: 'follows-before-commit',
    file: 'src/db/run-transaction.ts',
    find: 'afterCommit: (follow) => follows.push(follow),',
    replace: 'afterCommit: (follow) => follow(),',
    about: 'Looks for what a transaction has made due before it is committed, and finds nothing.',
    red: {
      file: 'src/db/database.test.ts',
      title:
        'what follows a transaction is done once it is committed, outside of it, and never where it is not',
    },
  },
  {
    name: 'write-before-begin',
    file: 'src/db/behind-begin.ts',
    find: '(held.length > 0 || !isRead(sql))',
    replace: 'false',
    about: 'Sends what writes right behind begin. Where that fails, each of them is committed on its own.',
    red: {
      file: 'src/db/run-transaction.test.ts',
      title:
        'what writes is never sent before begin has succeeded, and what was asked is committed whole and in its order',
    },
  },
  {
    name: 'write-behind-rollback',
    file: 'src/db/run-transaction.ts',
    find: '        if (closed) throw closed;\n        return run();',
    replace: '        return run();',
    about:
      'Sends what waited for begin although its transaction was rolled back meanwhile: it is committed alone.',
    red: {
      file: 'src/db/run-transaction.test.ts',
      title:
        'what writes is never sent before begin has succeeded, and what was asked is committed whole and in its order',
    },
  },
  {
    name: 'connection-given-back-in-use',
    file: 'src/db/share-connection.ts',
    find: 'if (isOpen || users > 0) return;',
    replace: 'if (isOpen) return;',
    about:
      'Gives a shared connection back under those who use it: a transaction begins between their statements.',
    red: {
      file: 'src/db/share-connection.test.ts',
      title:
        'every connection is given back once, when the last who had it has done, and one failure is one caller’s',
    },
  },
  {
    name: 'due-meanwhile-passed-over',
    file: 'src/core/tenants/advance-clock.ts',
    find: 'const due = await nextDueAt(core, tenant, begun);',
    replace: 'const due = await nextDueAt(core, tenant, now);',
    about: 'Passes over what fell due while other work was done: a retry comes hours late, now and then.',
    red: {
      file: 'src/core/tenants/advance-clock.test.ts',
      title: 'what falls due while other work is done has its turn before the clock goes further',
    },
  },
  {
    name: 'rows-of-all-askers',
    file: 'src/db/rows-together.ts',
    find: 'found.own.push(row);',
    replace: 'for (const { own } of shares) own.push(row);',
    about: 'Gives everybody who asked in one turn what was found for all of them, whoever’s it is.',
    red: {
      file: 'src/db/read-together.test.ts',
      title: 'everybody is answered of their own rows, whatever others ask in the same turn',
    },
  },
  {
    name: 'drain-blind-to-loops',
    file: 'src/jobs/work.ts',
    find: 'const isQuiet = taken === takenBefore && !loops.some((loop) => loop.isBusy());',
    replace: 'const isQuiet = !loops.some((loop) => loop.isBusy());',
    about: 'Lets a turned clock go on while something is due that a loop made due a moment ago.',
    red: {
      file: 'src/jobs/work.test.ts',
      title:
        'a drain does what a loop has made due meanwhile, even where that loop is done before it is looked for',
    },
  },
  {
    name: 'drain-without-end',
    file: 'src/jobs/work.ts',
    find: 'idleRounds === maxIdleRounds',
    replace: 'idleRounds === maxDrainRounds + 1',
    about: 'Lets other tenants’ work keep a turned clock from coming to rest.',
    red: {
      file: 'src/jobs/work.test.ts',
      title: 'a drain ends though a loop never rests: what goes on and on is other tenants’',
    },
  },
  {
    name: 'batch-beside-a-larger-one',
    file: 'src/db/group-commit.ts',
    find: 'queue.length >= Math.max(leading?.length ?? 0, enough);',
    replace: 'queue.length >= enough;',
    about: 'Lets a few go beside many: ever smaller batches, each with a commit of its own.',
    red: {
      file: 'src/db/group-commit.test.ts',
      title: 'a batch is not waited for by as many as it is of, where those are enough',
    },
  },
  {
    name: 'batch-without-patience',
    file: 'src/db/group-commit.ts',
    find: 'const patience = setTimeout(goOn, patienceMs);',
    replace: 'const patience = undefined;',
    about: 'Lets one request that waits for a lock hold up all that come after it.',
    red: {
      file: 'src/db/group-commit.test.ts',
      title: 'a batch that is kept waiting does not keep the others back for long',
    },
  },
];
