/** The shapes of the dialect, as far as a schema can say them. What depends on more than one field is read in read-*.ts. */
import Type, { type TSchema } from 'typebox';

const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(nullable(schema));
const text = (maxLength: number) => Type.String({ maxLength });
const id = (description?: string) =>
  Type.String({ maxLength: 300, ...(description === undefined ? {} : { description }) });
const instant = (description?: string) =>
  Type.String({ format: 'date-time', ...(description === undefined ? {} : { description }) });
/** Decimals of a currency, exactly. */
const amount = () => Type.Number();
const amountText = () => Type.String({ pattern: '^[0-9]{1,13}(\\.[0-9]{1,3})?$' });
const currency = () => Type.String({ pattern: '^[A-Za-z]{3}$' });

export const idParams = Type.Object({ id: id() });

const pageQuery = {
  page: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,5}$', description: 'From 1; ours' })),
  pageSize: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$', description: 'At most 1000; ours' })),
};

const address = Type.Object({
  Line1: optional(text(200)),
  Line2: optional(text(200)),
  Suburb: optional(text(100)),
  State: optional(text(100)),
  Postcode: optional(text(20)),
  Country: optional(text(100)),
});

const clientProperties = {
  Id: optional(text(300)),
  FirstName: optional(text(200)),
  LastName: optional(text(200)),
  Phone: optional(text(30)),
  Email: optional(text(254)),
  Address: optional(address),
};
export const client = Type.Object(clientProperties, {
  description: 'An existing client by its `Id`, or a new one',
});

export const clientAnswer = Type.Object({
  Id: id('Provet unique id'),
  FirstName: nullable(Type.String()),
  LastName: nullable(Type.String()),
  Phone: nullable(Type.String()),
  Email: nullable(Type.String()),
  Address: Type.Object({
    Line1: nullable(Type.String()),
    Line2: nullable(Type.String()),
    Suburb: nullable(Type.String()),
    State: nullable(Type.String()),
    Postcode: nullable(Type.String()),
    Country: nullable(Type.String()),
  }),
});

export const newCard = Type.Object({
  RedirectUrl: Type.String({ minLength: 1, maxLength: 2_048 }),
  Currency: optional(currency()),
  Client: client,
});
export const cardPage = Type.Object({
  Url: Type.String({ description: 'Where the client enters the card' }),
  ClientId: id(),
});

export const charge = Type.Object({
  Description: optional(text(500)),
  Amount: amount(),
  Surcharge: Type.Optional(amount()),
  Notes: optional(text(1_000)),
  Currency: optional(currency()),
  ClientId: id(),
  PaymentMethodId: id(),
  IsPreAuth: optional(Type.Boolean()),
});

export const paymentAnswer = Type.Object({
  Id: id('Provet unique id'),
  Description: nullable(Type.String()),
  Date: instant('When it was taken'),
  Amount: Type.Number({ description: 'What was charged or given back, surcharge included' }),
  Currency: Type.String(),
  Type: Type.Enum(['Purchase', 'Auth', 'Complete', 'Refund']),
  MaskedCardNumber: nullable(Type.String({ description: 'First six and last two digits' })),
  CardType: nullable(Type.String()),
  CardHolderName: nullable(Type.String()),
  Client: nullable(clientAnswer),
  'Client details': nullable(clientAnswer),
  Success: Type.Boolean(),
  Notes: Type.String({ description: 'What became of it' }),
  Pending: Type.Boolean({ description: 'Ours: the outcome is not known yet. Do not charge again' }),
  Surcharge: Type.Number(),
  MerchantNotes: nullable(Type.String({ description: 'Ours: the `Notes` of the request' })),
  ClientId: nullable(id()),
  PaymentMethodId: nullable(id()),
  SubscriptionId: nullable(id()),
  OriginalPaymentId: nullable(id('Ours: what a Complete or Refund follows')),
  FundsGuaranteed: nullable(
    Type.Boolean({ description: 'Ours, of a Complete: whether the funds were reserved' }),
  ),
});
export const paymentList = Type.Array(paymentAnswer);

export const refundQuery = Type.Object({ paymentId: id(), amount: amountText() });
export const refund = Type.Object({ PaymentId: id(), Amount: amount() });

export const completeQuery = Type.Object({
  paymentId: id(),
  amount: amountText(),
  surcharge: Type.Optional(amountText()),
  notes: Type.Optional(text(1_000)),
});
export const complete = Type.Object({
  PaymentId: id(),
  Amount: amount(),
  Surcharge: Type.Optional(amount()),
  Notes: optional(text(1_000)),
});

export const clientQuery = Type.Object({ clientId: id(), ...pageQuery });

export const paymentMethod = Type.Object({
  Id: id('Provet unique id'),
  Description: Type.String(),
  MaskedCardNumber: nullable(Type.String({ description: 'First six and last two digits' })),
  CardType: nullable(Type.String()),
  ExpiryDate: nullable(Type.String({ description: '`MMYY`' })),
  CreatedOn: instant(),
  DeletedOn: nullable(instant()),
  ClientId: id(),
  CardHolderName: nullable(Type.String()),
  Consent: Type.Object(
    { Text: Type.String(), On: instant() },
    { description: 'Ours: what the holder agreed to' },
  ),
});
export const paymentMethods = Type.Array(paymentMethod);
