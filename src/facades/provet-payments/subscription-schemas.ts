/** The shapes of wellness subscriptions. */
import Type, { type TSchema } from 'typebox';
import { client } from './schemas.ts';

const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(nullable(schema));
const id = () => Type.String({ maxLength: 300 });
const instant = () => Type.String({ format: 'date-time' });
const amount = () => Type.Number();

export const statuses = ['New', 'Active', 'Suspended', 'Cancelled', 'Completed'] as const;

const planProperties = {
  Description: Type.String({ minLength: 1, maxLength: 500 }),
  Interval: Type.String({
    maxLength: 20,
    description: '`Daily` to `Yearly`, or `day` to `year`, in any case',
  }),
  IntervalCount: Type.Integer({
    minimum: 1,
    maximum: 1_200,
    description: 'Charges in a term, the enrolment’s included',
  }),
  Amount: amount(),
  Currency: optional(Type.String({ pattern: '^[A-Za-z]{3}$' })),
  InitialPayment: Type.Optional(amount()),
  'Initial Payment': Type.Optional(amount()),
  AutoRenew: optional(Type.Boolean()),
};

export const plan = Type.Object(planProperties);

export const newSubscription = Type.Object({
  ...planProperties,
  Client: client,
  RedirectUrl: optional(
    Type.String({ maxLength: 2_048, description: 'Ours: where the client goes afterwards' }),
  ),
});

export const createdSubscription = Type.Object({
  SubscriptionId: id(),
  Id: id(),
  Url: Type.String({ description: 'Where the client enters the card' }),
  ClientId: id(),
});

export const preview = Type.Object({
  Payments: Type.Array(
    Type.Object({ Number: Type.Integer(), Date: instant(), Amount: Type.Number(), Currency: Type.String() }),
    { description: 'All charges of a first term that begins now' },
  ),
});

export const subscription = Type.Object({
  Id: id(),
  PaymentMethodId: nullable(id()),
  ClientId: id(),
  Description: Type.String(),
  CreatedOn: instant(),
  Status: Type.Enum([...statuses]),
  Interval: Type.Enum(['Daily', 'Weekly', 'Fortnightly', 'Monthly', 'Quarterly', 'Yearly']),
  IntervalCount: Type.Integer(),
  Amount: Type.Number(),
  Currency: Type.String(),
  InitialPayment: nullable(Type.Number()),
  'Initial Payment': nullable(Type.Number()),
  RemainingPayments: Type.Integer(),
  'Remaining Payments': Type.Integer(),
  AutoRenew: Type.Boolean(),
  History: Type.Array(Type.Object({ Status: Type.Enum([...statuses]), Date: instant() })),
  Payments: Type.Array(Type.String(), { description: 'Every attempt that reached the processor' }),
  NextPaymentOn: nullable(Type.String({ description: 'Ours: when the next attempt is made' })),
});
export const subscriptions = Type.Array(subscription);

export const subscriptionIdParams = Type.Object({ id: id() });
export const autoRenewParams = Type.Object({ id: id(), autoRenew: Type.String({ maxLength: 300 }) });

const pageQuery = {
  page: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,5}$', description: 'From 1; ours' })),
  pageSize: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$', description: 'At most 1000; ours' })),
};
const day = () => Type.String({ minLength: 10, maxLength: 40, description: '`yyyy-MM-dd` or an instant' });
export const rangeQuery = Type.Object({
  startDate: day(),
  endDate: day(),
  type: Type.Optional(
    Type.String({ enum: ['status', 'payments'], description: 'Ours: which of the two lists' }),
  ),
  ...pageQuery,
});

const subscriptionPayment = Type.Object({
  SubscriptionId: id(),
  PaymentId: id(),
  Date: instant(),
  Amount: Type.Number(),
  Currency: Type.String(),
  Success: Type.Boolean(),
  Successs: Type.Boolean({ description: 'As the overview spells it' }),
});
const subscriptionStatus = Type.Object({ Id: id(), SubscriptionId: id(), Status: Type.Enum([...statuses]) });
export const subscriptionPayments = Type.Array(subscriptionPayment);
export const changedSubscriptions = Type.Union([Type.Array(subscriptionStatus), subscriptionPayments]);

const change = {
  RedirectUrl: optional(Type.String({ maxLength: 2_048 })),
  SubscriptionId: optional(id()),
};
export const cardChange = nullable(Type.Object(change));
export const cardChangeQuery = Type.Object({
  redirectUrl: Type.Optional(Type.String({ maxLength: 2_048 })),
  subscriptionId: Type.Optional(id()),
});
export const cardOfClient = Type.Object({
  RedirectUrl: Type.String({ minLength: 1, maxLength: 2_048 }),
  Currency: optional(Type.String({ pattern: '^[A-Za-z]{3}$' })),
});
