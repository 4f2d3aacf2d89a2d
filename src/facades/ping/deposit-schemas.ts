/** The shapes of invoices, deposits and payment documents (facts A3, A6, A7, A9). */
import Type from 'typebox';
import { orderItem } from './order-schemas.ts';
import { currency, minor, nullable, text } from './schemas.ts';

const referenceType = Type.Enum(['OCR', 'KID']);

export const createInvoice = Type.Object({
  reference_type: referenceType,
  document_name: Type.Optional(nullable(Type.String({ maxLength: 200 }))),
});

export const invoice = Type.Object({
  url: Type.String(),
  reference_type: referenceType,
  reference: Type.String(),
});

export const reconcile = Type.Union([
  Type.Object({
    order_items: Type.Optional(
      Type.Union([Type.Array(orderItem, { minItems: 1, maxItems: 500 }), Type.Null()]),
    ),
  }),
  Type.Null(),
]);

export const mimicDeposit = Type.Object({
  amount: minor(1),
  currency,
  reference: text(140),
  reference_type: referenceType,
  iban: Type.Optional(nullable(Type.String({ maxLength: 42 }))),
  type: Type.Optional(Type.Union([Type.Enum(['instant', 'simulated']), Type.Null()])),
});

export const documents = Type.Array(
  Type.Object({
    content: Type.String({ minLength: 1 }),
    mime_type: text(100),
    name: text(200),
    type: text(50),
  }),
  { minItems: 1, maxItems: 10 },
);
