/** A processor that approves whatever it is asked and keeps nothing: for trying the product out, never for money. */
import type { Connector, OperationRequest, Outcome } from '#kit/connector.ts';

const kinds: ReadonlySet<string> = new Set(['purchase', 'auth', 'complete', 'refund', 'void']);

/** What a charge is wished to become, by the name the tenant asked for it under. Anything else is approved. */
const wished: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['PENDING', { kind: 'waiting' }],
  ['INITIATED', { kind: 'waiting' }],
  ['DECLINED', { kind: 'declined', code: '05', message: 'Declined on request', cause: 'processor' }],
  ['ABORTED', { kind: 'declined', code: 'cancelled', message: 'Cancelled on request', cause: 'payer' }],
  ['CANCELLED', { kind: 'declined', code: 'cancelled', message: 'Cancelled on request', cause: 'payer' }],
  ['EXPIRED', { kind: 'declined', code: 'timeout', message: 'Expired on request', cause: 'timeout' }],
  ['CRASHED', { kind: 'declined', code: '96', message: 'Crashed on request', cause: 'request' }],
]);

/** The outcome follows from the request alone, so an inquiry says what sending said. */
function decide(request: OperationRequest): Outcome {
  const wish =
    request.kind === 'purchase' || request.kind === 'auth'
      ? wished.get(request.parameters?.desired_payment_status ?? '')
      : undefined;
  if (wish !== undefined) return wish;
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

/** What waits ends as a payer who changed their mind would end it. */
function endWait(outcome: Outcome): Outcome {
  if (outcome.kind !== 'waiting') return outcome;
  return { kind: 'declined', code: 'cancelled', message: 'Cancelled', cause: 'payer' };
}

export const connector: Connector = {
  name: 'dummy',
  methods: ['dummy'],
  testOnly: true,
  capabilities: new Set(['purchase', 'auth', 'complete', 'refund', 'void', 'cancel']),
  accountFields: [],
  settlingMs: 0,
  open: () => ({
    send: async (request) => decide(request),
    inquire: async (request) => decide(request),
    cancel: async (request) => endWait(decide(request)),
  }),
};
