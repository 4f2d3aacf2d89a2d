/** The shapes of deposits: money that came into the tenant's bank account. */
import Type from 'typebox';
import { currencyCodes } from '#kit/currency.ts';
import { closed, instant, nullable, page, pageQuery, uuid } from './schemas.ts';

const minor = (description: string) => Type.Integer({ description });
const amount = Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, description: 'Minor units' });
const bankReference = (description: string) =>
  Type.String({ minLength: 1, maxLength: 100, pattern: '^\\S(.*\\S)?$', description });

export const newDeposit = closed({
  bankReference: bankReference('The bank’s own name for the transfer: told twice, it is one deposit'),
  reference: Type.Optional(
    nullable(
      Type.String({
        minLength: 1,
        maxLength: 140,
        description: 'What the payer wrote: an OCR number or KID',
      }),
    ),
  ),
  amount,
  currency: Type.Enum([...currencyCodes], { description: 'ISO 4217' }),
  receivedAt: Type.Optional(instant('When the bank had it; now unless given')),
});

export const deposit = Type.Object({
  id: uuid(),
  bankReference: Type.String(),
  reference: nullable(Type.String()),
  currency: Type.String(),
  amount: minor('Minor units: the sum of the four that follow'),
  unallocated: minor('Not known what for'),
  matched: minor('Put towards a payment'),
  surplus: minor('More than was to be paid'),
  returned: minor('Given back'),
  linkId: nullable(uuid()),
  paymentId: nullable(uuid()),
  receivedAt: instant(),
  createdAt: instant(),
});
export const deposits = page(deposit);

const ofPayment = Type.Optional(
  Type.Union([Type.Literal(''), Type.String({ format: 'uuid', description: 'Those of this payment' })]),
);

export const depositsQuery = Type.Object({
  holding: Type.Optional(
    Type.Enum(['', 'unallocated', 'matched', 'surplus'], { description: 'Those of which some is there' }),
  ),
  paymentId: ofPayment,
  ...pageQuery.properties,
});

export const match = closed(
  {
    linkId: Type.Optional(uuid('The link it is for')),
    paymentId: Type.Optional(uuid('The payment by deposit it is for')),
  },
  { minProperties: 1, maxProperties: 1, description: 'Exactly one of the two.' },
);

export const newReturn = closed({
  bankReference: bankReference('The bank’s own name for the transfer back: told twice, it is one return'),
  amount: Type.Optional(amount),
});

const attachment = {
  id: uuid(),
  paymentId: uuid(),
  type: Type.String({ description: 'The tenant’s word for what it is' }),
  name: Type.String(),
  mediaType: Type.Enum(['application/pdf', 'image/png', 'image/jpeg']),
  size: Type.Integer({ description: 'Bytes' }),
  createdAt: instant(),
};
export const documents = page(Type.Object(attachment));
export const document = Type.Object({ ...attachment, content: Type.String({ description: 'Base64' }) });
export const documentsQuery = Type.Object({ paymentId: ofPayment, ...pageQuery.properties });
