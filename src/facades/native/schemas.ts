/** The shapes of the native API. Bodies are closed: a property that is not named here is refused, not ignored. */
import Type, { type TProperties, type TSchema } from 'typebox';

export const closed = <Properties extends TProperties>(properties: Properties, options = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });
export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
export const uuid = (description?: string) =>
  Type.String({ format: 'uuid', ...(description === undefined ? {} : { description }) });
export const instant = (description?: string) =>
  Type.String({ format: 'date-time', ...(description === undefined ? {} : { description }) });
const minor = (description: string) => Type.Integer({ description });
const currency = Type.String({ description: 'ISO 4217' });
const dialect = Type.String({ description: 'The façade it came in by' });

export const idParams = Type.Object({ id: Type.String() });

const limit = Type.Optional(
  Type.String({ pattern: '^([1-9][0-9]?|1[0-9]{2}|200)?$', description: '1 to 200; 50 unless given' }),
);
const after = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }));
const cursor = after('The `next` of the page before');

export const pageQuery = Type.Object({ after: cursor, limit });
export const eventsQuery = Type.Object({
  after: after('The id of an event; the log after it is read'),
  limit,
});
export const callbacksQuery = Type.Object({
  status: Type.Optional(Type.Enum(['', 'pending', 'delivered', 'dead'])),
  after: cursor,
  limit,
});

export const page = (item: TSchema) =>
  Type.Object({
    data: Type.Array(item),
    next: nullable(Type.String({ description: 'Give it as `after` for the next page; null at the end' })),
  });

export const turn = closed(
  {
    by: Type.Optional(
      Type.String({ maxLength: 100, description: 'ISO 8601 duration: `P1D`, `P1M`, `PT5M`' }),
    ),
    to: Type.Optional(instant('Where to turn to; not back')),
  },
  { minProperties: 1, maxProperties: 1, description: 'Exactly one of the two.' },
);
export const clock = Type.Object({ now: instant('What the clock shows') });

export const messages = page(
  Type.Object({
    id: uuid(),
    channel: Type.Enum(['sms', 'email']),
    kind: Type.Enum(['invitation', 'reminder']),
    to: Type.String({ description: 'Number in E.164, or e-mail address' }),
    subject: nullable(Type.String()),
    text: Type.String(),
    segments: nullable(Type.Integer({ description: 'What the network counts and bills an SMS as' })),
    status: Type.Enum(['queued', 'sending', 'sent', 'failed', 'unknown']),
    delivery: nullable(
      Type.Enum(['delivered', 'failed'], { description: 'What the network has reported since' }),
    ),
    linkId: nullable(uuid('The payment link it is about')),
    createdAt: instant(),
  }),
);

export const events = page(
  Type.Object({
    id: uuid(),
    sequence: Type.Integer({ description: '1, 2, 3 … without a gap' }),
    type: Type.String({ description: 'What happened: `payment.completed`' }),
    subject: Type.String({
      description: 'To what: `payment:<id>`, `link:<id>`, `order:<id>`, `refund:<id>`',
    }),
    createdAt: instant('In the tenant’s own time'),
    data: Type.Object({}, { additionalProperties: true }),
  }),
);
export const redelivery = Type.Object({
  callbackIds: Type.Array(uuid(), { description: 'The callbacks that are due again' }),
});

export const callback = Type.Object({
  id: uuid('The `webhook-id` the receiver sees'),
  eventId: uuid(),
  dialect: Type.String({ description: 'In whose words it is told' }),
  url: Type.String(),
  status: Type.Enum(['pending', 'delivered', 'dead']),
  attempts: Type.Integer(),
  dueAt: instant(),
  lastStatus: nullable(Type.Integer({ description: 'The receiver’s last HTTP status' })),
  lastError: nullable(Type.String()),
  deliveredAt: nullable(instant()),
  createdAt: instant(),
});
export const callbacks = page(callback);

export const newRefund = closed({
  amount: Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, description: 'Minor units' }),
  reason: Type.Optional(Type.String({ maxLength: 200 })),
});
export const refund = Type.Object({
  id: uuid(),
  paymentId: uuid(),
  amount: minor('Minor units'),
  currency,
  status: Type.Enum(['approved', 'declined', 'pending'], {
    description: '`pending` while the processor’s answer is not known; it is never sent twice',
  }),
  reason: Type.String(),
  createdAt: instant(),
  resolvedAt: nullable(instant()),
});
export const refunds = page(refund);

const card = Type.Object({
  brand: Type.String(),
  maskedNumber: Type.String({ description: 'First six and last two digits' }),
  expiry: Type.String({ description: 'MMYY' }),
});
const transition = Type.Object({
  version: Type.Integer(),
  status: Type.String(),
  reason: Type.String(),
  at: instant(),
});
export const operation = Type.Object({
  id: uuid(),
  paymentId: uuid(),
  connector: Type.String(),
  kind: Type.Enum(['purchase', 'auth', 'complete', 'refund', 'validate', 'void']),
  status: Type.Enum(['intended', 'awaiting-payer', 'unknown', 'approved', 'declined', 'absent']),
  currency,
  amount: minor('Minor units'),
  reference: Type.String({ description: 'Ours at the processor, for ever the same' }),
  processorReference: nullable(Type.String()),
  code: nullable(Type.String({ description: 'The processor’s code' })),
  message: nullable(Type.String()),
  createdAt: instant(),
  resolvedAt: nullable(instant()),
});
export const payment = Type.Object({
  id: uuid(),
  orderId: uuid(),
  linkId: nullable(uuid()),
  dialect,
  connector: Type.String(),
  method: Type.String(),
  status: Type.Enum([
    'initiated',
    'pending',
    'underfunded',
    'funded',
    'overfunded',
    'authorised',
    'completed',
    'validated',
    'declined',
    'aborted',
    'expired',
    'crashed',
    'stopped',
    'cancelled',
  ]),
  currency,
  amount: minor('What was asked for, in minor units'),
  captured: minor('What has been taken'),
  capturing: minor('What a capture under way has reserved'),
  refunding: minor('What refunds under way have reserved'),
  refunded: minor('What has been given back'),
  refundable: minor('What may still be given back'),
  superseded: Type.Boolean({ description: 'It paid a link that was paid already, and is given back' }),
  card: nullable(card),
  createdAt: instant(),
  transitions: Type.Array(transition),
  operations: Type.Array(operation, { description: 'What was done at the processor, oldest first' }),
});
export const payments = page(payment);

export const link = Type.Object({
  id: uuid(),
  orderId: uuid(),
  dialect,
  url: Type.String({ description: 'Where the payer pays' }),
  status: Type.Enum(['created', 'completed', 'expired', 'cancelled']),
  currency,
  amount: minor('Minor units'),
  items: Type.Array(
    Type.Object({
      description: Type.String(),
      quantity: Type.Integer(),
      unitAmount: minor('Minor units for one, VAT included'),
      vatBasisPoints: Type.Integer({ description: 'Hundredths of a percent' }),
    }),
  ),
  methods: Type.Array(Type.String()),
  dueDate: nullable(Type.String({ format: 'date' })),
  expiresAt: instant(),
  smsStatus: Type.Enum(['not_created', 'created', 'pending', 'delivered', 'failed']),
  distributedByEmail: Type.Boolean(),
  paymentId: nullable(uuid('The payment that paid it')),
  createdAt: instant(),
});
export const links = page(link);

export const balances = page(
  Type.Object({
    account: Type.String({ description: '`processor:windcave`, `receipts`, `overpaid`' }),
    currency,
    balance: minor('Minor units; debits are positive, so what is owed to others is negative'),
  }),
);

export const audit = Type.Object({
  ok: Type.Boolean(),
  checks: Type.Array(
    Type.Object({
      id: Type.String(),
      ok: Type.Boolean(),
      rows: Type.Integer({ description: 'How many rows break it' }),
      about: Type.String({ description: 'What must hold' }),
      examples: Type.Array(nullable(Type.String()), { description: 'Ids of the first few that break it' }),
    }),
  ),
});
