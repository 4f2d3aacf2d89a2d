/** Negative controls of deposits: guards without which a transfer is counted twice, lost, or paid beside a card. */
import type { Mutant } from './mutants.ts';

export const depositMutants: readonly Mutant[] = [
  {
    name: 'deposit-told-twice',
    file: 'src/core/deposits/record-deposit.ts',
    find: '    bankReference: input.bankReference,\n',
    replace: '    bankReference: core.ids.uuid(),\n',
    about: "Forgets the bank's name for a transfer. A file that is read twice then brings its money twice.",
    red: {
      file: 'src/facades/native/deposits.test.ts',
      title: 'is one, however often the bank tells of it',
    },
  },
  {
    name: 'deposit-surplus-swallowed',
    file: 'src/core/deposits/deposit.ts',
    find: 'const matched = amount < missing ? amount : missing;',
    replace: 'const matched = missing < 0n ? missing : amount;',
    about: 'Puts all that comes towards the payment. What was paid too much is then nobody’s to give back.',
    red: {
      file: 'src/facades/ping/invoices.test.ts',
      title: 'that is paid over by one öre waits for the tenant, who gives the öre back',
    },
  },
  {
    name: 'deposit-beside-card',
    file: 'src/core/links/refuse-funded.ts',
    find: 'if (funded === undefined) return;',
    replace: 'if (funded?.id !== link.id) return;',
    about: 'Offers the card to who has transferred a part. That part is then paid twice.',
    red: {
      file: 'src/facades/ping/invoices.test.ts',
      title: 'takes no card while a part of it has come, and cannot be withdrawn',
    },
  },
  {
    name: 'deposit-kept-by-nobody',
    file: 'src/core/deposits/release-funds.ts',
    find: 'if (payment === undefined) return;',
    replace: 'if (payment?.id !== link.id) return;',
    about: 'Leaves a part that came beside a card where it was. Nobody is then told to give it back.',
    red: {
      file: 'src/facades/ping/invoices.test.ts',
      title: 'whose link is paid by card while a part of it comes gives that part up as surplus',
    },
  },
  {
    name: 'deposit-returned-beyond-surplus',
    file: 'src/core/deposits/return-deposit.ts',
    find: 'if (amount > 0n && amount <= available(deposit)) return;',
    replace: 'if (amount > 0n) return;',
    about: 'Gives back more than is nobody’s. Only the CHECK is then left to refuse, as an error of ours.',
    red: {
      file: 'src/facades/native/deposits.test.ts',
      title: 'of which nobody knows what for is given back in parts, and never twice',
    },
  },
];
