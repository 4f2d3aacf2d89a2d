/** Negative controls of dividing an order's money, and of what comes late. */
import type { Mutant } from './mutants.ts';

export const divisionMutants: readonly Mutant[] = [
  {
    name: 'split-while-pending',
    file: 'src/core/payments/divide-order.ts',
    find: '(mayTakeMoney(payment.status) || payment.refunding > 0n)',
    replace: 'payment.refunding > 0n',
    about: 'Splits an order whose payments are still under way. What they bring then is nobody’s.',
    red: { file: 'src/facades/ping/order-rules.test.ts', title: 'waits for every payment to be over' },
  },
  {
    name: 'split-again',
    file: 'src/core/orders/advance-order.ts',
    find: "if (isAgain && to === 'split') {",
    replace: 'if (false) {',
    about: 'Takes splitting what was split for a success. A tenant believes that its change was followed.',
    red: {
      file: 'src/facades/ping/order-rules.test.ts',
      title: 'is done once: what was split is not split again, nor changed',
    },
  },
  {
    name: 'shares-rounded-up',
    file: 'src/core/allocations/allocation.ts',
    find: 'amount: (part * BigInt(basisPoints)) / BigInt(wholeBasisPoints),',
    replace: 'amount: (part * BigInt(basisPoints)) / BigInt(wholeBasisPoints) + 1n,',
    about: 'Gives every share an öre more than its percentage comes to, at the cost of the item’s own.',
    red: {
      file: 'src/facades/ping/order-rules.test.ts',
      title: 'gives shares to others, each rounded down, and the rest of an item to its own',
    },
  },
  {
    name: 'split-while-refunding',
    file: 'src/core/payments/divide-order.ts',
    find: '(mayTakeMoney(payment.status) || payment.refunding > 0n)',
    replace: 'mayTakeMoney(payment.status)',
    about:
      'Splits an order whose money is being given back. The same krona goes to the payer and the clinic.',
    red: {
      file: 'test/faults/late-news.test.ts',
      title: 'an order is not split while a refund of it is under way, and afterwards of what is left',
    },
  },
  {
    name: 'late-money-undivided',
    file: 'src/core/payments/book-charge.ts',
    find: '  if (!isActive(held.payment.status)) await allocateLateNews(core, transaction, payment, at);\n',
    replace: '',
    about: 'Forgets the split when money comes after it. What is nobody’s stays in the receipts for ever.',
    red: {
      file: 'test/faults/late-news.test.ts',
      title: 'money that comes after its order was split and settled is divided and handed on, too',
    },
  },
  {
    name: 'kept-surplus-untold',
    file: 'src/core/payments/find-kept-money.ts',
    find: 'if (superseded) return',
    replace: 'if (superseded && refund.id === tenant.id) return',
    about:
      'Keeps quiet when a refund fails that nobody asked for. The payer has paid twice, and nobody knows.',
    red: {
      file: 'test/faults/late-news.test.ts',
      title: 'what was paid twice and cannot be given back is told to a person',
    },
  },
];
