/** A processor that approves whatever it is asked and keeps nothing: for trying the product out, never for money. */
import type { Connector, OperationRequest, Outcome } from '#kit/connector.ts';

const kinds: ReadonlySet<string> = new Set(['purchase', 'refund']);

/** The outcome follows from the request alone, so an inquiry says what sending said. */
function decide(request: OperationRequest): Outcome {
  if (!kinds.has(request.kind)) {
    return { kind: 'declined', code: '12', message: 'Not supported', cause: 'request' };
  }
  return {
    kind: 'approved',
    processorReference: `dummy-${request.reference}`,
    amount: request.amount,
    code: '00',
  };
}

export const connector: Connector = {
  name: 'dummy',
  methods: ['dummy'],
  capabilities: new Set(['purchase', 'refund']),
  accountFields: [],
  settlingMs: 0,
  open: () => ({
    send: async (request) => decide(request),
    inquire: async (request) => decide(request),
  }),
};
