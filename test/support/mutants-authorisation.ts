/** Negative controls of money that is held: guards without which it is taken twice, or taken and let go. */
import type { Mutant } from './mutants.ts';

export const authorisationMutants: readonly Mutant[] = [
  {
    name: 'capture-under-way-ignored',
    file: 'src/core/payments/capture-payment.ts',
    find: 'if (payment.capturing > 0n)',
    replace: 'if (payment.capturing < 0n)',
    about: 'Lets go of money that is just being captured. The payer pays for what was cancelled.',
    red: {
      file: 'src/core/payments/authorisation.test.ts',
      title: 'keeps the money from being let go until the processor has said what became of it',
    },
  },
  {
    name: 'lapse-left-to-the-sweep',
    file: 'src/core/payments/capture-payment.ts',
    find: 'if (hasLapsed(payment, at)) throw',
    replace: "if (payment.connector === '') throw",
    about: 'Leaves the lapse to the sweep. Money is captured that the processor no longer holds for us.',
    red: {
      file: 'src/core/payments/authorisation.test.ts',
      title: 'cannot be captured once its time is over, even before the sweep has come round',
    },
  },
  {
    name: 'hold-refunded-instead-of-capture',
    file: 'src/core/operations/operation.ts',
    find: "chargeKinds: readonly OperationKind[] = ['purchase', 'complete'];",
    replace: "chargeKinds: readonly OperationKind[] = ['purchase', 'auth'];",
    about: 'Refunds the hold and not what was captured. The processor refuses, and the payer never gets it.',
    red: {
      file: 'src/core/payments/authorisation.test.ts',
      title: 'is captured for less, and then refunded no further than was captured',
    },
  },
];
