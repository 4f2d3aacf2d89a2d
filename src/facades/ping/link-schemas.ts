/** The shapes of payment links (facts A3, A4). */
import Type from 'typebox';
import { currency, listOf, metadata, minor, text, uuid } from './schemas.ts';

export { idParams, initiatedPayment, listQuery } from './schemas.ts';

const address = Type.Object({ city: text(200), street_address: text(200), zip: text(20) });

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
  currency: Type.Optional(currency),
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

export const link = Type.Record(Type.String(), Type.Unknown());

export const links = listOf(link);
