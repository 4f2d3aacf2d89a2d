/**
 * The tenant's own account at a bank, into which payers transfer. There is nobody to call: what comes in is told to us
 * (`POST /v1/deposits`), and what goes back the tenant transfers, under the reference that the refund answers here.
 */
import type { Connector, OperationRequest, Outcome } from '#kit/connector.ts';
import { accountFields, requireAccount } from './account.ts';

/** A refund is the tenant's promise to transfer. The outcome follows from the request alone, so asking again agrees. */
function decide(request: OperationRequest): Outcome {
  if (request.kind !== 'refund') {
    return { kind: 'declined', code: '12', message: 'Deposits come unasked', cause: 'request' };
  }
  return {
    kind: 'approved',
    processorReference: `transfer-${request.reference}`,
    amount: request.amount,
    code: '00',
  };
}

export const connector: Connector = {
  name: 'bank',
  methods: ['deposit'],
  capabilities: new Set(['deposit', 'refund']),
  accountFields,
  settlingMs: 0,
  open: (account) => {
    requireAccount(account);
    return {
      send: async (request) => decide(request),
      inquire: async (request) => decide(request),
    };
  },
};
