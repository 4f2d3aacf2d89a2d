/** Negative controls of the Verifone connector: guards without which a payment is made up, lost or given back twice. */
import type { Mutant } from './mutants.ts';

const file = 'src/connectors/verifone/verifone.test.ts';

export const verifoneMutants: readonly Mutant[] = [
  {
    name: 'verifone-any-organisation',
    file: 'src/connectors/verifone/translate-checkout.ts',
    find: "text(answer, 'entity_id') !== account.entityId",
    replace: 'false',
    about: "Believes an answer about anybody's checkout. Somebody else's payment pays our link.",
    red: { file, title: 'believes no answer about another organisation, checkout or currency' },
  },
  {
    name: 'verifone-any-status-charged',
    file: 'src/connectors/verifone/translate-checkout.ts',
    find: "!chargedStatuses.has(text(details, 'status'))",
    replace: 'false',
    about: 'Takes every transaction for a charge. What was declined or is pending counts as paid.',
    red: { file, title: 'approves nothing that is not plainly a charge' },
  },
  {
    name: 'verifone-declined-too-soon',
    file: 'src/connectors/verifone/translate-checkout.ts',
    find: 'failures.length < maxFailedTries && !isClosed',
    replace: 'failures.length === 0 && !isClosed',
    about:
      'Ends an attempt at its first failed card. The payer pays on the page that is still open, and again on ours.',
    red: { file, title: 'waits while the page takes cards, and is declined when three have failed' },
  },
  {
    name: 'verifone-page-left-open',
    file: 'src/connectors/verifone/checkout.ts',
    find: "  await callVerifone(account, network, { method: 'PATCH', url, body });\n",
    replace: '',
    about:
      'Lets the page go on that a payer has cancelled. It waits for nobody, or is paid from another tab.',
    red: { file, title: 'closes the page a payer has left, and asks again before it says so' },
  },
  {
    name: 'verifone-refund-key-renewed',
    file: 'src/connectors/verifone/refund.ts',
    find: 'idempotencyKey: toUuid(',
    replace: 'idempotencyKey: toUuid(Math.random() + ',
    about: 'Sends every repetition under a key of its own. A refund whose answer was lost is made twice.',
    red: {
      file: 'src/connectors/verifone/refund.test.ts',
      title: 'is the same refund when it is sent again, and another one for another reference',
    },
  },
];
