/** Points at which a server is made to die: between every two steps of moving money. */

export interface Failpoint {
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Exact text, once in the file. */
  readonly find: string;
  readonly replace: string;
}

const die = "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});";

/** The sweeper comes by the same points with older operations: only the one with this amount is fatal. */
const dieFor = (operation: string) =>
  `if (${operation}.amount === BigInt(process.env.FAILPOINT_AMOUNT ?? 0)) { ${die} }`;

/** Dies before the text, which stays. */
const before = (name: string, file: string, find: string, death = die): Failpoint => ({
  name,
  file,
  find,
  replace: `${death}\n${find}`,
});

/** Dies after the text, which stays. */
const afterwards = (name: string, file: string, find: string, death = die): Failpoint => ({
  name,
  file,
  find,
  replace: `${find}\n${death}`,
});

const payLink = 'src/core/links/pay-link.ts';
const initiate = 'src/core/payments/initiate-payment.ts';
const refund = 'src/core/payments/refund-payment.ts';
const processors = 'src/tasks/processors.ts';
const recordOutcome = 'src/core/payments/record-outcome.ts';

/** Before and after the commit of the intent, by what is intended. */
export const intentPoints = {
  page: [
    before(
      'page-intent-uncommitted',
      payLink,
      'return { paymentId: made.id, operationId: made.operationId };',
    ),
    before('page-intent-committed', payLink, 'if (operationId !== undefined) {'),
  ],
  dummy: [
    before('charge-intent-uncommitted', initiate, 'return new Map('),
    before('charge-intent-committed', initiate, 'if (replayed) await requireAnswered('),
  ],
  refund: [
    afterwards('refund-intent-uncommitted', refund, 'sendNow: true,\n  });'),
    before('refund-intent-committed', refund, 'if (answer.replayed) await joinAnswer('),
  ],
} as const;

// It stands under an `if`: what takes its place is a block.
const sendCall = "return timed(means, operation.connector, 'send', () => ask(request));";
const openCall = "outcome = await timed(means, operation.connector, 'open-page', () => open(request));";

/** Before and after the processor is asked to move money, and around the commit of what it said. */
export const sendPoints: readonly Failpoint[] = [
  {
    name: 'unsent',
    file: processors,
    find: sendCall,
    replace: `{ ${dieFor('operation')} ${sendCall} }`,
  },
  {
    name: 'sent',
    file: processors,
    find: sendCall,
    replace: `{ const said = await ${sendCall.slice('return '.length)} ${dieFor('operation')} return said; }`,
  },
];

/** The same for a page. */
export const openPoints: readonly Failpoint[] = [
  before('page-unopened', processors, openCall, dieFor('operation')),
  afterwards('page-opened', processors, openCall, dieFor('operation')),
  afterwards(
    'page-uncommitted',
    recordOutcome,
    'await keepPage(core, transaction, held.operation, url);',
    dieFor('held.operation'),
  ),
];

export const outcomePoints: readonly Failpoint[] = [
  afterwards(
    'outcome-uncommitted',
    recordOutcome,
    'else await applyFinding(core, transaction, held, finding, at);',
    `if (finding.kind !== 'page') ${dieFor('held.operation')}`,
  ),
  before(
    'outcome-committed',
    recordOutcome,
    'return operations.map((known) => known !== undefined);',
    `for (const { known, finding } of news) if (finding.kind !== 'page') ${dieFor('known')}`,
  ),
];

const rails = 'src/tasks/rails.ts';

/** On the way of payouts to their payees: half done and uncommitted, in the bank's hands and unheard, half settled. */
const payoutPoints: readonly Failpoint[] = [
  before(
    'payouts-unadvanced',
    'src/core/payouts/advance-payouts.ts',
    'return payouts.length;',
    `if (payouts.length > 0) { ${die} }`,
  ),
  afterwards('payout-file-sent', rails, 'const handover = await desk.handOver({ ...file, content });'),
  {
    name: 'payout-news-half-read',
    file: 'src/core/payout-files/record-news.ts',
    find: 'fresh += await recordBatch(core, due, batch);',
    replace: `fresh += await recordBatch(core, due, batch);
      if (fresh >= Number(process.env.FAILPOINT_AMOUNT)) { ${die} }`,
  },
];

export const failpoints: readonly Failpoint[] = [
  ...Object.values(intentPoints).flat(),
  ...sendPoints,
  ...openPoints,
  ...outcomePoints,
  ...payoutPoints,
];
