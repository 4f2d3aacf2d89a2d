/** Negative controls of kept cards and plans: guards without which a payer is charged twice, too early or by a stranger. */
import type { Mutant } from './mutants.ts';

export const planMutants: readonly Mutant[] = [
  {
    name: 'get-refund-unjoined',
    file: 'src/http/idempotency.ts',
    find: 'if (request.key === undefined) return keyOfItself(request);',
    replace: 'if (request.key === undefined) return undefined;',
    about: 'Takes every GET for a new request. A proxy that repeats a refund gives the money back twice.',
    red: {
      file: 'src/facades/provet-payments/payments.test.ts',
      title: 'asked for again within half a minute, in whatever spelling, is the same refund',
    },
  },
  {
    name: 'cycle-dates-drift',
    file: 'src/core/subscriptions/subscription.ts',
    find: 'const [length, unit] = steps[every];',
    replace:
      'const [length, unit] = steps[every];\n  if (cycle > 1) return cycleDueAt({ every, zone, anchorAt: cycleDueAt({ every, zone, anchorAt }, 1) }, cycle - 1);',
    about: 'Counts each date from the one before. After one February the 31st is the 28th for ever.',
    red: {
      file: 'src/core/subscriptions/cycle-dates.test.ts',
      title: 'of the 31st are the last of each shorter month, and the 31st again',
    },
  },
  {
    name: 'cycles-left-due',
    file: 'src/core/subscriptions/store.ts',
    find: "'update subscriptions set due_at = null where tenant_id = $1 and id = any($2::uuid[])',",
    replace: "'select $1::uuid, $2::uuid[]',",
    about:
      'Leaves a plan due while it is charged. Every look takes it again, and only the database stands in the way.',
    red: {
      file: 'src/tasks/charge-due-cycles.test.ts',
      title: 'are billed once each, however many schedulers look for them',
    },
  },
  {
    name: 'cancelled-enrolment-kept',
    file: 'src/core/payments/book-charge.ts',
    find: "plan.subscription.status === 'cancelled'",
    replace: 'plan.subscription.version < 0',
    about: 'Keeps what is paid on the page of a plan that was cancelled meanwhile.',
    red: {
      file: 'src/facades/provet-payments/subscriptions.test.ts',
      title: 'that was cancelled while its page was open gives back what is paid there',
    },
  },
  {
    name: 'strikes-uncounted',
    file: 'src/core/subscriptions/settle-attempt.ts',
    find: 'const strikes = subscription.strikes + 1;',
    replace: 'const strikes = 1;',
    about: 'Forgets earlier failures. A card that is gone is tried every day for ever.',
    red: {
      file: 'src/facades/provet-payments/subscriptions.test.ts',
      title: 'three failures in a row suspend, a day apart, and its client is told of each',
    },
  },
  {
    name: 'card-token-unbound',
    file: 'src/core/cards/keep-card.ts',
    find: 'function contextOf(tenantId: TenantId, cardId: CardId): string {',
    replace:
      "function contextOf(tenantId: TenantId, cardId: CardId): string {\n  if (tenantId !== '') return 'card';",
    about:
      'Seals tokens for nobody in particular. Whoever can write rows charges another card than is shown.',
    red: {
      file: 'src/core/cards/cards.test.ts',
      title: 'is kept with its token sealed, and sealed for this card alone',
    },
  },
];
