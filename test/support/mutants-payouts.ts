/** Negative controls of payouts: guards without which money goes out twice, or goes out unasked. */
import type { Mutant } from './mutants.ts';

export const payoutMutants: readonly Mutant[] = [
  {
    name: 'batch-moved-meanwhile',
    file: 'src/core/payout-batches/store.ts',
    find: 'where b.version = seen.version order by',
    replace: 'where b.version >= seen.version order by',
    about:
      'Moves a batch on that somebody has just moved on: it is told to be completed before its payments are.',
    needs: 'postgresql',
    red: {
      file: 'test/races/batch-overtaken.test.ts',
      title: 'a batch that somebody moves on while another looks at it is not completed before its payments',
    },
  },
  {
    name: 'payout-unlocked',
    file: 'src/core/payouts/store.ts',
    find: 'p.id = any($2::uuid[]) order by p.id for update`',
    replace: 'p.id = any($2::uuid[]) order by p.id`',
    about:
      'Reads how a payout stands without its lock. A void and a clearing both go by what was true; only version and CHECK are left to refuse.',
    needs: 'postgresql',
    red: {
      file: 'test/races/payout-races.test.ts',
      title: 'a payment that is voided many times at once is voided once',
    },
  },
  {
    name: 'payout-beyond-funds',
    file: 'src/core/payouts/steps/fund.ts',
    find: 'account.prefunded && attempt.amount > available',
    replace: 'account.prefunded && attempt.amount > available + attempt.amount',
    about:
      'Promises what a pre-funded account does not have. Without the check the CHECK fails the whole batch with it.',
    red: {
      file: 'src/facades/optum/payments.test.ts',
      title: 'beyond the funds of a pre-funded account fails, and promises nothing',
    },
  },
  {
    name: 'payout-stop-not-sent',
    file: 'src/core/payouts/void-payout.ts',
    find: 'stopAt: isOut ? stopAtOf[attempt.rail](at) : null,',
    replace: 'stopAt: null,',
    about: 'Voids a check without telling the bank. It is cashed, and paid again by the reissue.',
    red: {
      file: 'src/facades/optum/payments.test.ts',
      title: 'by check is stopped at the bank by a void, and cannot be cashed any more',
    },
  },
  {
    name: 'payout-news-in-one-round',
    file: 'src/core/payout-files/record-news.ts',
    find: 'const round = rounds[index];',
    replace: 'const round = rounds[0];',
    about:
      'Judges all that a bank says at once of one instrument by what it was before: of two clearings one is forgotten.',
    red: {
      file: 'src/core/payout-files/record-news.test.ts',
      title: 'of one instrument at once is taken piece by piece, each by what the one before has left',
    },
  },
  {
    name: 'payout-news-all-or-none',
    file: 'src/core/payout-files/record-news.ts',
    find: 'if (batch.length === 1) throw error;',
    replace: 'if (batch.length > 0) throw error;',
    about: 'Lets one piece of news that cannot be written keep back those that were told with it.',
    red: {
      file: 'src/core/payout-files/record-news.test.ts',
      title: 'is written down up to what cannot be, and asked for again from there',
    },
  },
  {
    name: 'payout-maker-releases',
    file: 'src/core/payouts/release-payout.ts',
    find: '!approval.makerMayRelease && held.some(({ payout }) => approver === payout.createdBy)',
    replace: '!approval.makerMayRelease && held.length === 0',
    about: 'Lets whoever ordered a payout release it, whatever the account’s rule says.',
    red: {
      file: 'src/core/payouts/approvals.test.ts',
      title: 'whoever ordered a payout may not release it where the account says so',
    },
  },
  {
    name: 'payout-file-plain',
    file: 'src/core/payout-files/cut-file.ts',
    find: '      fileName,\n',
    replace: '      fileName: content,\n',
    about: 'Keeps what a bank is handed where everybody reads it: account numbers of payees.',
    red: {
      file: 'src/facades/optum/payments.test.ts',
      title:
        'whose payee’s account number stands in its files and its remittance leaves it in plain nowhere in the store',
    },
  },
  {
    name: 'audit-stray-posting-untold',
    file: 'src/core/audit/store.ts',
    find: "and o.id::text = split_part(t.reference, ':', 2) and t.reference = t.kind || ':' || o.id::text)`,",
    replace: ')`,',
    about: 'Looks for any approved operation of the tenant. Money is posted that no operation moved.',
    red: {
      file: 'src/core/audit/audit.test.ts',
      title: 'a charge whose posting is somebody else’s is told from both sides, and nothing is told before',
    },
  },
  {
    name: 'payout-news-plain',
    file: 'src/core/payout-files/seal-news.ts',
    find: 'sealed: core.keyring.seal(Buffer.from(JSON.stringify(detail)), context),',
    replace: 'sealed: context + JSON.stringify(detail),',
    about:
      'Keeps a payee’s new account number, as its bank tells it, for everybody to read who reads the database.',
    red: {
      file: 'src/facades/optum/payments.test.ts',
      title:
        'by ACH whose bank asks for another account number is paid, and its details tell the end of that number',
    },
  },
  {
    name: 'batch-cancelled-under-way',
    file: 'src/core/payout-batches/cancel-batch.ts',
    find: "if (payout.status !== 'created' && payout.status !== 'held')",
    replace: "if (payout.status === 'created')",
    about: 'Cancels a batch of which a payment is on its way already: it is told to be void, and is paid.',
    red: {
      file: 'src/facades/optum/batches.test.ts',
      title: 'is released in part, stays held for the rest, and cannot be cancelled any more',
    },
  },
  {
    name: 'subscriber-key-plain',
    file: 'src/core/event-subscriptions/subscription-key.ts',
    find: 'return core.keyring.seal(Buffer.from(key), contextOf(owner));',
    replace: 'return contextOf(owner) + key;',
    about: 'Keeps the key that signs what a subscriber is told for everybody to read who reads the database.',
    red: {
      file: 'src/facades/optum/events.test.ts',
      title: 'is kept once its address has answered a handshake signed with its key, which is told to nobody',
    },
  },
  {
    name: 'payout-held-voided',
    file: 'src/core/payouts/payout.ts',
    find: "  void: [\n    'loading',",
    replace: "  void: [\n    'held',\n    'loading',",
    about:
      'Voids what waits for its release: outside the nine statuses, and reissued afterwards past its approval.',
    red: {
      file: 'src/core/payouts/payout.test.ts',
      title: 'that is held allows release and decline, and refuses the rest',
    },
  },
  {
    name: 'subscriber-greeted-again',
    file: 'src/core/event-subscriptions/subscribe.ts',
    find: '  if (await isKeyUsed(core, call)) return;\n',
    replace: '',
    about: 'Greets an address for every repetition of a request: anybody’s address, as often as one likes.',
    red: {
      file: 'src/facades/optum/events.test.ts',
      title: 'is changed after another handshake, and ends for good',
    },
  },
];
