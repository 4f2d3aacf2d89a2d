/** Negative controls of Swish: guards without which anybody says that a payment is paid, or one is asked for twice. */
import type { Mutant } from './mutants.ts';

const notifications = 'src/facades/checkout/notification.test.ts';

export const swishMutants: readonly Mutant[] = [
  {
    name: 'notification-believed',
    file: 'src/tasks/processors.ts',
    find: "=> processor.inquire(request));\n  if (inquiry.kind === 'not-found') return 'unavailable';",
    replace:
      "=> processor.inquire(request).then(() => ({ kind: 'approved' as const, processorReference: request.reference, amount: request.amount, code: '' }) as Inquiry));\n  if (inquiry.kind === 'not-found') return 'unavailable';",
    about: 'Takes a callback for the truth. Whoever sees its address pays bills by posting to it.',
    red: {
      file: notifications,
      title: 'with the right identifier makes us ask, and pays nothing that Swish does not say is paid',
    },
  },
  {
    name: 'notification-unidentified',
    file: 'src/connectors/swish/index.ts',
    find: 'sameDigest(Buffer.from(identifier), Buffer.from(notification.identifier))',
    replace: '(identifier.length >= 0 || sameDigest(Buffer.from(identifier), Buffer.from(identifier)))',
    about: 'Lets anybody who knows the address have Swish asked, as often as they like.',
    red: {
      file: notifications,
      title: 'is nobody’s with a wrong identifier, with another payment’s, or without one',
    },
  },
  {
    name: 'swish-bank-silence-declined',
    file: 'src/connectors/swish/codes.ts',
    find: "DS24: { means: 'undecided'",
    replace: "DS24: { means: 'processor'",
    about: 'Takes the silence of the payer’s bank for a no. The payer pays again, and both are charged.',
    red: {
      file: 'src/connectors/swish/swish.test.ts',
      title: 'is, of an error, what its code means; an unknown end stays unknown',
    },
  },
  {
    name: 'swish-amount-unchecked',
    file: 'src/connectors/swish/translate.ts',
    find: '|| !sameMoney(amount, request.amount)',
    replace: '|| !sameMoney(amount, { ...amount, currency: request.amount.currency })',
    about: 'Takes a paid request of any amount for ours. A bill counts as paid by less.',
    red: {
      file: 'src/connectors/swish/swish.test.ts',
      title: 'is unknown when anything in it speaks against an approval of what was asked',
    },
  },
  {
    name: 'taken-back-sent-again',
    file: 'src/core/operations/operation.ts',
    find: "  if (settled && givenUp) return 'absent';\n",
    replace: '',
    about: 'Sends again what a payer has taken back. The phone asks for money nobody owes that way any more.',
    red: {
      file: 'test/faults/late-news.test.ts',
      title: 'a request that never arrived is not sent after its payer has taken it back',
    },
  },
  {
    name: 'phone-number-kept',
    file: 'src/core/operations/store.ts',
    find: 'case when g.resolved_at is null then o.parameters',
    replace: 'case when true then o.parameters',
    about: 'Keeps whose phone was asked after the payment is over. A leak of old payments is one of people.',
    red: {
      file: 'src/facades/ping/swish.test.ts',
      title: 'by e_commerce asks the payer by phone number, written as anybody writes it',
    },
  },
];
