/** The shapes of seed 002. What was not documented is refused: a misspelt `cardCaptureMode` would charge the card. */
import Type, { type TProperties, type TSchema } from 'typebox';

const closed = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });
const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const url = (description: string) => Type.String({ minLength: 1, maxLength: 2_000, description });

const decimal = Type.Number({ description: 'Euros, with up to two decimals' });
const breakdown = {
  tax: Type.Optional(decimal),
  shipping: Type.Optional(decimal),
  subtotal: Type.Optional(decimal),
};

export const createPayment = closed({
  prescriptionRequired: Type.Optional(Type.Boolean()),
  amount: closed({
    total: decimal,
    currency: Type.Enum(['EUR', 'eur']),
    ...breakdown,
    details: Type.Optional(closed(breakdown)),
  }),
  amountDetails: Type.Optional(closed(breakdown)),
  merchantReference: Type.Optional(nullable(Type.String({ maxLength: 40 }))),
  merchantUrls: closed({
    callback: Type.Optional(url('Is told of every status')),
    successRedirect: url('Where the payer goes once the payment is confirmed'),
    failureRedirect: url('Where the payer goes who gives up after a decline'),
    cancelRedirect: url('Where the payer goes who cancels'),
  }),
  cardCaptureMode: Type.Optional(Type.Enum(['AUTO', 'MANUAL'])),
  merchantId: Type.Optional(
    Type.String({ description: 'Instead of `x-api-key`, where the tenant allows it' }),
  ),
});

const payment = {
  amount: decimal,
  currency: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
  customerInformation: Type.Object({}),
  id: Type.String({ description: 'A ULID' }),
  merchantReference: nullable(Type.String()),
  // All optional: required ones would be written before the others, and the seed's order is another.
  merchantUrls: Type.Partial(
    Type.Object({
      callback: Type.String(),
      cancelRedirect: Type.String(),
      failureRedirect: Type.String(),
      successRedirect: Type.String(),
    }),
  ),
  amountDetails: Type.Object({ tax: decimal, shipping: decimal, subtotal: decimal }),
  prescriptionRequired: Type.Boolean(),
  status: Type.Enum(['INITIAL', 'CLAIMED', 'AUTHORISED', 'PENDING', 'SETTLED', 'DENIED', 'CANCELLED']),
  updatedAt: nullable(Type.String({ format: 'date-time' })),
};

export const paymentAnswer = Type.Object(payment);
export const createdPayment = Type.Object({
  ...payment,
  token: Type.String({ description: 'Opens the checkout for two hours, for whoever claims it first' }),
});

export const idParams = Type.Object({ id: Type.String() });
export const documentParams = Type.Object({ id: Type.String(), type: Type.String() });

export const keySet = Type.Object({
  keys: Type.Array(
    Type.Object({
      kty: Type.String(),
      crv: Type.String(),
      x: Type.String(),
      y: Type.String(),
      use: Type.String(),
      alg: Type.String(),
    }),
  ),
});

export const certificate = Type.String({ description: 'PEM, newest first' });
