import { authorisationMutants } from './mutants-authorisation.ts';
import { benchMutants } from './mutants-bench.ts';
import { callbackMutants } from './mutants-callbacks.ts';
import { claimMutants } from './mutants-claims.ts';
import { depositMutants } from './mutants-deposits.ts';
import { divisionMutants } from './mutants-divisions.ts';
import { messageMutants } from './mutants-messages.ts';
import { moneyMutants } from './mutants-money.ts';
import { payoutMutants } from './mutants-payouts.ts';
import { planMutants } from './mutants-plans.ts';
import { practiceMutants } from './mutants-practice.ts';
import { provetCloudMutants } from './mutants-provet-cloud.ts';
import { setupMutants } from './mutants-setup.ts';
import { storeMutants } from './mutants-store.ts';
import { swishMutants } from './mutants-swish.ts';
import { togetherMutants } from './mutants-together.ts';
import { verifoneMutants } from './mutants-verifone.ts';

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
  /** Set where only more than one connection shows that the guard is gone. */
  readonly needs?: 'postgresql';
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
  {
    name: 'sealed-context-ignored',
    file: 'src/kit/secrets.ts',
    find: '    .setAAD(Buffer.from(context))\n    .setAuthTag(tag);',
    replace: "    .setAAD(Buffer.from('account:a'))\n    .setAuthTag(tag);",
    about:
      'Opens a sealed value whatever it is said to be. Without the context it can be moved to another row.',
    red: {
      file: 'src/kit/secrets.test.ts',
      title: 'a sealed secret does not open in another row, under another key, or when cut short',
    },
  },
  {
    name: 'windcave-authorized-ignored',
    file: 'src/connectors/windcave/translate-txn.ts',
    find: "  if (field(transaction, 'Authorized') !== '1') return unknown('success without authorisation');\n",
    replace: '',
    about: 'Believes Success alone. Without the check a payment counts that no bank has authorised.',
    red: {
      file: 'src/connectors/windcave/windcave.test.ts',
      title: 'are unknown when anything in them speaks against an approval of what was asked',
    },
  },
  {
    name: 'windcave-other-answer-taken',
    file: 'src/connectors/windcave/translate-txn.ts',
    find: "  if (field(root, 'TxnRef') !== reference) return 'answer to another reference';\n",
    replace: '',
    about:
      "Takes any answer for ours. Without the check a mixed-up connection pays with someone else's money.",
    red: {
      file: 'src/connectors/connector.contract.test.ts',
      title: 'leaves a purchase unknown under other-answer, and the inquiry tells what the book tells',
    },
  },
  {
    name: 'windcave-other-amount-taken',
    file: 'src/connectors/windcave/translate-txn.ts',
    find: "if (amount === undefined || !sameMoney(amount, request.amount)) return 'answer about another amount';",
    replace: '',
    about: 'Takes an answer about any amount. Without the check more or less moved than the books say.',
    red: {
      file: 'src/connectors/connector.contract.test.ts',
      title: 'does not take the answer about another amount for its own',
    },
  },
  {
    name: 'windcave-silence-declined',
    file: 'src/connectors/windcave/pxpost.ts',
    find: "  if (reply.kind === 'failed') return { kind: 'unknown', detail: reply.detail };\n  return translateTxn(",
    replace:
      "  if (reply.kind === 'failed') return { kind: 'declined', code: '', message: '', cause: 'processor' };\n" +
      '  return translateTxn(',
    about: 'Takes silence for a decline. Without the third outcome a payment is lost or charged twice.',
    red: {
      file: 'src/connectors/connector.contract.test.ts',
      title: 'leaves a purchase unknown under act-then-reset, and the inquiry tells what the book tells',
    },
  },
  {
    name: 'windcave-refused-inquiry-believed',
    file: 'src/connectors/windcave/translate-txn.ts',
    find: "  if (answer.code === noRecordCode) return { kind: 'not-found' };\n",
    replace: "  if (answer.code !== '') return { kind: 'not-found' };\n",
    about:
      'Takes a refused inquiry for an unknown reference. A changed password would then fail paid payments.',
    red: {
      file: 'src/connectors/windcave/windcave.test.ts',
      title: 'to an inquiry are "not found" for AF alone: a refused inquiry is not a declined payment',
    },
  },
  {
    name: 'windcave-settled-amount-unchecked',
    file: 'src/connectors/windcave/translate-pxpay.ts',
    find: "  if (asked === undefined || !sameMoney(asked, amount)) return unknown('settled another amount');\n",
    replace: '',
    about: 'Takes whatever amount a page settled. Without the check a cent pays the bill.',
    red: {
      file: 'src/connectors/windcave/pxpay.test.ts',
      title:
        'leave the outcome unknown when the approval lacks an amount or a reference, or settles other money than was asked for',
    },
  },
  {
    name: 'windcave-card-number-passed-on',
    file: 'src/connectors/windcave/card.ts',
    find: '  if (!/^\\d{6}\\.{5,11}\\d{2}$/.test(maskedNumber)) return undefined;\n',
    replace: '',
    about: 'Passes on a card number that came unmasked. Without the check it lands in our database.',
    red: {
      file: 'src/connectors/windcave/windcave.test.ts',
      title: 'pass on no card number, wherever it turns up',
    },
  },
  {
    name: 'checkout-unescaped',
    file: 'web/checkout/html.ts',
    find: "return text.replace(/[&<>\"']/g, (character) => entities[character] ?? '');",
    replace: 'return text;',
    about: 'Prints text as it came. Without escaping what a tenant writes runs in the payer’s browser.',
    red: {
      file: 'web/checkout/hostile-texts.test.ts',
      title:
        '60 hostile texts in every field of every page are shown as they are, run nothing and add no element',
    },
  },
  {
    name: 'checkout-address-unchecked',
    file: 'web/checkout/html.ts',
    find: "typeof hole === 'string' && isSafeAddress(hole) ?",
    replace: "typeof hole === 'string' ?",
    about: 'Links to any address. Without the check a javascript: address is one click away.',
    red: {
      file: 'web/checkout/html.test.ts',
      title: 'an unsafe address is neither linked to, posted to nor loaded',
    },
  },
  {
    name: 'checkout-framable',
    file: 'web/checkout/csp.ts',
    find: '    "frame-ancestors \'none\'",\n',
    replace: '',
    about:
      'Lets any site frame the checkout. Without the rule a payer can be made to press what is not seen.',
    red: {
      file: 'web/checkout/pages.test.ts',
      title: 'no page may be framed by another site, and the one without the policy could be',
    },
  },
  {
    name: 'native-mode-unchecked',
    file: 'src/http/find-key-holder.ts',
    find: 'return tenant?.mode === mode ? tenant : undefined;',
    replace: 'return tenant;',
    about:
      'Believes the secret alone. Without the check a key that says live opens a test book, and the other way round.',
    red: {
      file: 'src/facades/native/auth.test.ts',
      title: 'a key of the other mode opens nothing, be its secret right',
    },
  },
  {
    name: 'live-book-in-a-demo',
    file: 'src/core/tenants/open-sibling.ts',
    find: "input.mode === 'live' && !core.allowsLive",
    replace: 'false',
    about:
      'Opens live books anywhere. Without the check real money stands under a master key that everybody knows.',
    red: { file: 'src/facades/native/keys.test.ts', title: 'a demo opens no live book' },
  },
  {
    name: 'link-attempt-not-held',
    file: 'src/core/links/pay-link.ts',
    find: 'if (link.activePaymentId !== null) {',
    replace: 'if (link.activePaymentId === link.id) {',
    about: 'Starts a new payment whenever Pay is pressed. Without the check two tabs are two payments.',
    red: {
      file: 'src/facades/ping/link-rules.test.ts',
      title: 'answers the payment under way to whoever pays again by the same method',
    },
  },
  {
    name: 'json-unkeepable',
    file: 'src/http/server.ts',
    find: 'inexact ?? refuseUnkeepable(parsed) ?? null',
    replace: 'inexact ?? null',
    about:
      'Reads any JSON. Without the check a character that PostgreSQL does not keep fails everybody’s batch.',
    red: {
      file: 'test/conformance/mutations.test.ts',
      title: 'any part of a body replaced by anything is refused in the façade’s words, or was valid',
    },
  },
  ...divisionMutants,
  ...depositMutants,
  ...messageMutants,
  ...authorisationMutants,
  ...benchMutants,
  ...callbackMutants,
  ...claimMutants,
  ...moneyMutants,
  ...planMutants,
  ...practiceMutants,
  ...provetCloudMutants,
  ...payoutMutants,
  ...setupMutants,
  ...storeMutants,
  ...swishMutants,
  ...togetherMutants,
  ...verifoneMutants,
];
