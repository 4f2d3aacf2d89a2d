/** The shapes of payment orders and payments (facts A6, A7). */
import Type from 'typebox';
import { splitParameters } from './read-split.ts';
import { currency, instant, listOf, metadata, minor, nullable, page, text, uuid } from './schemas.ts';
import { paymentStatuses } from './wire.ts';

export { allocationsOfOrder } from './division-schemas.ts';
export { createdId, initiatedPayment } from './schemas.ts';

export const orderParams = Type.Object({ order_id: uuid() });

export const paymentParams = Type.Object({ order_id: uuid(), payment_id: uuid() });

export const createOrder = Type.Object({
  currency: currency,
  split_parameters: Type.Optional(splitParameters),
  split_tree_id: Type.Optional(Type.String({ maxLength: 200 })),
});

export const orderItem = Type.Object({
  amount: minor(1),
  name: text(500),
  vat_rate: Type.Number({ minimum: 0, maximum: 99.99 }),
  merchant_id: Type.Optional(uuid()),
  liquidity_account_id: Type.Optional(Type.String({ maxLength: 100 })),
  metadata: Type.Optional(metadata),
  tags: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 })),
});

const provider = Type.Enum([
  'swish',
  'open_payments',
  'open_banking',
  'verifone',
  'billmate',
  'bankgirot',
  'payment_iq',
  'ping',
  'dummy',
  'baase',
  'fortus',
  'vipps_mobilepay',
  'klarna',
  'quickpay',
]);

const method = Type.Enum([
  'e_commerce',
  'm_commerce',
  'mobile',
  'pis',
  'card',
  'invoice',
  'autogiro',
  'vipps',
  'deposit',
  'credit',
  'dummy',
  'bank_loan',
  'checkout',
  'hpp',
  'recurring',
]);

const orderItems = Type.Array(orderItem, { minItems: 1, maxItems: 500 });

export const initiatePayment = Type.Object({
  currency: currency,
  total_amount: minor(1),
  order_items: orderItems,
  provider,
  method,
  provider_method_parameters: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  metadata: Type.Optional(metadata),
  status_callback_url: Type.Optional(Type.String({ maxLength: 2048 })),
  payer: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

const refund = Type.Object({ amount: Type.Integer(), refunded_at: Type.String() });

export const payment = Type.Object({
  id: uuid(),
  payment_order_id: uuid(),
  status: Type.String(),
  currency: Type.String(),
  total_amount: Type.Integer(),
  order_items: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  provider: Type.String(),
  method: Type.String(),
  payer: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
  metadata: metadata,
  status_history: Type.Array(
    Type.Object({
      id: uuid(),
      status: Type.String(),
      occurred_at: Type.String(),
      funds: Type.Union([
        Type.Object({ received: Type.Integer(), received_total: Type.Integer() }),
        Type.Null(),
      ]),
      details: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
    }),
  ),
  refund: Type.Union([refund, Type.Null()]),
  refunds: Type.Array(refund),
});

export const payments = listOf(payment);

const plainOrder = {
  id: uuid(),
  status: Type.String(),
  currency: Type.String(),
  created_at: Type.String(),
  split_tree_id: nullable(Type.String()),
  split_parameters: metadata,
};

export const orders = listOf(Type.Object(plainOrder));

export const order = Type.Object({ ...plainOrder, payments: Type.Array(payment) });

export const changeOrder = Type.Object({
  split_parameters: Type.Optional(splitParameters),
  split_tree_id: Type.Optional(nullable(Type.String({ maxLength: 200 }))),
});

/** Closing, splitting and settling take no body, or one that asks for the steps on the way as well. */
export const advance = nullable(Type.Object({ fast_forward: Type.Optional(Type.Boolean()) }));

export const orderQuery = Type.Object({
  created_at_from: instant(),
  created_at_to: instant(),
  from: instant(),
  to: instant(),
  status: Type.Optional(Type.Enum(['OPEN', 'CLOSED', 'SPLIT', 'SETTLED'])),
  ...page,
});

export const paymentQuery = Type.Object({
  from_initiated_date_time: instant(),
  to_initiated_date_time: instant(),
  status: Type.Optional(Type.Enum([...new Set(Object.values(paymentStatuses))])),
  method: Type.Optional(method),
  provider: Type.Optional(provider),
  payment_order_id: Type.Optional(uuid()),
  is_refund_requested: Type.Optional(Type.String({ pattern: '^([Tt]rue|[Ff]alse)$' })),
  ...page,
});

export const changePayment = Type.Object({ order_items: orderItems });

export const refundPayment = Type.Object({
  amount: minor(1),
  currency,
  reason: Type.Enum(['fraudulent', 'requested_by_customer', 'other']),
  description: Type.Optional(nullable(Type.String({ maxLength: 500 }))),
});

export const refundAnswer = Type.Object({
  amount: Type.Integer(),
  currency: Type.String(),
  provider: Type.String(),
  status: Type.String(),
});
