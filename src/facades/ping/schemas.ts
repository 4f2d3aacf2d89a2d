/** The shapes of the Ping dialect, as far as a schema can say them. What depends on more than one field is in translate.ts. */
import Type from 'typebox';

/** The format alone would let `urn:uuid:…` through as well, which no id is spelt like. */
const uuid = () => Type.String({ format: 'uuid', maxLength: 36 });
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const nullable = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()]);

/** Whole minor units; 10¹² at most. */
const minor = (minimum: number) => Type.Integer({ minimum, maximum: 1_000_000_000_000 });

const address = Type.Object({ city: text(200), street_address: text(200), zip: text(20) });
const metadata = Type.Record(Type.String(), Type.Unknown());

export const idParams = Type.Object({ id: uuid() });
export const orderParams = Type.Object({ order_id: uuid() });
export const paymentParams = Type.Object({ order_id: uuid(), payment_id: uuid() });

export const listQuery = Type.Object({ limit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,2}$' })) });

export const createOrder = Type.Object({
  currency: Type.Enum(['SEK', 'NOK', 'EUR', 'GBP', 'DKK']),
  split_parameters: Type.Optional(metadata),
  split_tree_id: Type.Optional(Type.String({ maxLength: 200 })),
});

export const createdId = Type.Object({ id: uuid() });

const item = Type.Object({
  description: text(500),
  merchant_id: Type.Optional(uuid()),
  price: minor(0),
  quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  vat: Type.Number({ minimum: 0, maximum: 99.99 }),
  item_number: Type.Optional(Type.String({ maxLength: 200 })),
  unit: Type.Optional(Type.String({ maxLength: 20 })),
  metadata: Type.Optional(metadata),
  tags: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 })),
});

const providerMethod = Type.Object({
  provider: text(50),
  method: text(50),
  parameters: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

export const createLink = Type.Object({
  customer: Type.Object({
    first_name: text(200),
    last_name: text(200),
    email: Type.Optional(Type.String({ maxLength: 254 })),
    phone: Type.Optional(Type.String({ maxLength: 30 })),
    reference: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  checkout_cancel_url: Type.Optional(Type.String({ maxLength: 2048 })),
  checkout_success_url: Type.Optional(Type.String({ maxLength: 2048 })),
  checkout_url: Type.Optional(Type.String({ maxLength: 2048 })),
  currency: Type.Optional(Type.Enum(['SEK', 'NOK', 'EUR', 'GBP', 'DKK'])),
  delivery_address: Type.Optional(Type.Union([address, Type.Null()])),
  due_date: Type.Optional(Type.String({ format: 'date' })),
  invoice_address: Type.Optional(Type.Union([address, Type.Null()])),
  items: Type.Array(item, { minItems: 1, maxItems: 500 }),
  language: Type.Optional(Type.Enum(['SE', 'NO', 'EN', 'DK', 'FI', 'DE'])),
  locale: Type.Optional(Type.Enum(['sv-SE', 'nb-NO', 'en-GB', 'en-US', 'da-DK', 'fi-FI', 'de-DE'])),
  logo_image_link: Type.Optional(Type.String({ maxLength: 2048 })),
  merchant_id: Type.Optional(uuid()),
  metadata: Type.Optional(metadata),
  payment_link_status_callback_url: Type.Optional(Type.String({ maxLength: 2048 })),
  payment_order_id: uuid(),
  payment_provider_methods: Type.Array(providerMethod, { maxItems: 20 }),
  supplier: Type.Object({
    name: Type.Optional(text(200)),
    city: Type.Optional(Type.String({ maxLength: 200 })),
    organization_number: Type.Optional(Type.String({ maxLength: 30 })),
    website: Type.Optional(Type.String({ maxLength: 2048 })),
    zip: Type.Optional(Type.String({ maxLength: 20 })),
  }),
  total_amount: minor(0),
});

export const createdLink = Type.Object({ checkout_url: Type.String(), id: uuid() });

export const distribute = Type.Object({
  methods: Type.Array(Type.Enum(['sms', 'email']), { minItems: 1, maxItems: 2 }),
  customer_email: Type.Optional(Type.String({ maxLength: 254 })),
  customer_phone: Type.Optional(Type.String({ maxLength: 30 })),
});

export const receipt = Type.Object({ url: Type.String() });

export const payLink = Type.Object({
  provider: text(50),
  method: text(50),
  phone_number: Type.Optional(Type.String({ maxLength: 30 })),
});

const orderItem = Type.Object({
  amount: minor(1),
  name: text(500),
  vat_rate: Type.Number({ minimum: 0, maximum: 99.99 }),
  merchant_id: Type.Optional(uuid()),
  liquidity_account_id: Type.Optional(Type.String({ maxLength: 100 })),
  metadata: Type.Optional(metadata),
  tags: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 })),
});

export const initiatePayment = Type.Object({
  currency: Type.Enum(['SEK', 'NOK', 'EUR', 'GBP', 'DKK']),
  total_amount: minor(1),
  order_items: Type.Array(orderItem, { minItems: 1, maxItems: 500 }),
  provider: Type.Enum([
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
  ]),
  method: Type.Enum([
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
  ]),
  provider_method_parameters: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  metadata: Type.Optional(metadata),
  status_callback_url: Type.Optional(Type.String({ maxLength: 2048 })),
  payer: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

export const initiatedPayment = Type.Object({
  id: uuid(),
  provider_method_response: Type.Record(Type.String(), Type.Unknown()),
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

export const order = Type.Object({
  id: uuid(),
  status: Type.String(),
  currency: Type.String(),
  created_at: Type.String(),
  split_tree_id: nullable(Type.String()),
  split_parameters: metadata,
  payments: Type.Array(payment),
});

export const link = Type.Record(Type.String(), Type.Unknown());
export const links = Type.Unsafe<unknown>({
  anyOf: [
    { type: 'array', items: { type: 'object', additionalProperties: true } },
    { type: 'object', additionalProperties: true },
  ],
});
