/** Negative controls of the money: guards of the core without which money is doubled, lost or made up. */
import type { Mutant } from './mutants.ts';

export const moneyMutants: readonly Mutant[] = [
  {
    name: 'refund-of-declined-capture',
    file: 'src/core/operations/store.ts',
    find: "o.payment_id = g.payment and o.status = 'approved'",
    replace: 'o.payment_id = g.payment',
    about:
      'Takes the first charge for the one that was made. Money is asked back of a capture that took none.',
    red: {
      file: 'src/core/payments/authorisation.test.ts',
      title: 'is refunded of the capture that was made, not of one that was declined before it',
    },
  },
  {
    name: 'operation-reference-renewed',
    file: 'src/core/operations/inquiries/store.ts',
    find: 'sends = greatest(o.sends, 1), sent_at',
    replace:
      "reference = case when o.status = 'intended' then left(md5(random()::text), 16) else o.reference end, sends = greatest(o.sends, 1), sent_at",
    about:
      'Gives an intent found after a crash a new reference, as if none had been written before sending. Money moves twice.',
    red: {
      file: 'test/crash/crash.test.ts',
      title:
        'killed while the answer to a refund is on its way, the server asks about it and sends nothing twice',
    },
  },
  {
    name: 'unknown-taken-for-declined',
    file: 'src/tasks/processors.ts',
    find: '    : outcome;\n',
    replace: "    : outcome.kind === 'unknown'\n      ? refusal('', 'no answer')\n      : outcome;\n",
    about: 'Takes not knowing for a decline. Refunds that were made are promised again to somebody else.',
    red: {
      file: 'test/faults/faults.test.ts',
      title: 'sixty links are paid and refunded once each while half of all requests fail',
    },
  },
  {
    name: 'outcomes-of-one-payment-side-by-side',
    file: 'src/core/payments/record-outcome.ts',
    find: 'return link?.id ?? claim?.id ?? plan?.subscription.id ?? payment.id;',
    replace: 'return crypto.randomUUID();',
    about:
      'Books several outcomes of one payment side by side in one transaction, where no lock keeps them apart.',
    red: {
      file: 'test/races/same-batch.test.ts',
      title:
        'outcomes that arrive together are booked together, and of several of one payment each after the other',
    },
  },
  {
    name: 'outcome-fails-for-all',
    file: 'src/db/or-each-alone.ts',
    find: 'if (batch.length === 1 || error instanceof CommitUnknownError) throw error;',
    replace: 'if (batch.length > 0 || error instanceof CommitUnknownError) throw error;',
    about: 'Lets an outcome that cannot be booked keep those that came with it from being booked.',
    red: {
      file: 'test/races/same-batch.test.ts',
      title: 'an outcome that cannot be booked does not hold up those that arrive with it',
    },
  },
  {
    name: 'late-absence-believed',
    file: 'src/core/payments/apply-finding.ts',
    find: 'mayBeAbsent(operation, isGivenUp(operation, at)) ? finding : undefined',
    replace: 'finding',
    about:
      'Believes "no record of it" although a payer was sent to the page meanwhile. The link is freed, and paid twice.',
    red: {
      file: 'test/faults/late-news.test.ts',
      title: '"no record of it" does not free a link whose payer was sent to the page meanwhile',
    },
  },
  {
    name: 'approved-amount-unchecked',
    file: 'src/core/payments/apply-finding.ts',
    find: 'return isAsked ? finding :',
    replace: 'return isAsked || true ? finding :',
    about: 'Books an approval whatever its amount. A bill counts as paid by less.',
    red: {
      file: 'test/faults/late-news.test.ts',
      title: 'an approval of another amount than was asked for is not booked',
    },
  },
  {
    name: 'refused-resend-believed',
    file: 'src/tasks/processors.ts',
    find: 'return refusedAsSuch && operation.sends > 1',
    replace: 'return refusedAsSuch && operation.sends > 1_000',
    about:
      'Takes the refusal of a repeated send for the end of the intent. The first send may have moved the money.',
    red: {
      file: 'test/faults/late-news.test.ts',
      title: 'a refund that may have been sent stays open when sending it again is refused as such',
    },
  },
  {
    name: 'batch-refusal-forgotten',
    file: 'src/core/idempotency/run-together.ts',
    find: 'if (first instanceof CoreError) return first;',
    replace: '',
    about:
      'Replays the answer of a request that its batch refused: the address of a link that was never made.',
    red: {
      file: 'test/races/same-batch.test.ts',
      title: 'equal requests that are written together and refused are refused every one',
    },
  },
  {
    name: 'payment-unlocked',
    file: 'src/core/payments/store.ts',
    find: 'const paymentForEachLocked = selectForEach(key, lockedByKey);',
    replace: 'const paymentForEachLocked = selectForEach(key, byKey);',
    about:
      'Reads what is left to refund without a lock. Two refunds promise the same money; only the CHECK is left to refuse.',
    needs: 'postgresql',
    red: { file: 'test/races/races.test.ts', title: 'partial refunds never come to more than was paid' },
  },
  {
    name: 'link-unlocked',
    file: 'src/core/links/store.ts',
    find: 'where l.tenant_id = $1 and l.id = $2 for update`',
    replace: 'where l.tenant_id = $1 and l.id = $2`',
    about:
      'Starts an attempt without holding the link. Two tabs each start one; only the unique index is left to refuse.',
    needs: 'postgresql',
    red: { file: 'test/races/races.test.ts', title: 'a link that is paid in several tabs is charged once' },
  },
  {
    name: 'settling-time-slept-through',
    file: 'src/core/operations/keep-inquiry.ts',
    find: 'settledAt !== undefined && settledAt > now && settledAt < usual ? settledAt : usual',
    replace: 'usual',
    about:
      'Asks by the usual schedule alone. What was asked about often is sent minutes after it could have been.',
    red: {
      file: 'test/faults/late-news.test.ts',
      title: 'a refund that never arrived is sent when "no record" is final, however often was asked before',
    },
  },
  {
    name: 'known-outcome-resolved-by-hand',
    file: 'src/core/payments/resolve-operation.ts',
    find: '    refuseKnown(held.operation);\n',
    replace: '',
    about:
      'Lets a person say anew what a processor or another person has said. Money that never came is booked.',
    red: {
      file: 'src/facades/native/resolution.test.ts',
      title: 'a resolution that is repeated under its key is one; what is known is not resolved again',
    },
  },
];
