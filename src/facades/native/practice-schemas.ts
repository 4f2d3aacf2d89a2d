/** The objects of a practice system as they are imported: each with its own id there, others named by theirs. */
import Type from 'typebox';
import { practiceKinds } from '#core/practice/practice.ts';
import { currencyCodes } from '#kit/currency.ts';

const externalId = Type.String({ minLength: 1, maxLength: 100 });
const text = Type.String({ maxLength: 300 });
const range = { minimum: 0, maximum: 1_000_000_000_000 };
const minor = Type.Integer({ ...range, description: 'Minor units' });

/** Objects of one kind in one request: the body is 64 KiB at most anyway. */
const maxObjects = 2_000;

function listOf<Shape extends Parameters<typeof Type.Object>[0]>(shape: Shape) {
  return Type.Optional(Type.Array(Type.Object({ externalId, ...shape }), { maxItems: maxObjects }));
}

export const practiceImport = Type.Object({
  departments: listOf({
    name: Type.String({ minLength: 1, maxLength: 200 }),
    currency: Type.Enum([...currencyCodes]),
    allowsLinks: Type.Optional(Type.Boolean({ description: 'As `allow_nhp_processing`; true unless given' })),
  }),
  users: listOf({
    username: text,
    firstName: Type.Optional(text),
    lastName: Type.Optional(text),
  }),
  clients: listOf({
    firstName: Type.Optional(text),
    lastName: Type.Optional(text),
    email: Type.Optional(Type.Union([Type.String({ maxLength: 254 }), Type.Null()])),
    homeDepartment: Type.Optional(Type.Union([externalId, Type.Null()])),
  }),
  phoneNumbers: listOf({
    client: externalId,
    number: Type.String({ maxLength: 30 }),
    description: Type.Optional(text),
    preferred: Type.Optional(Type.Boolean({ description: 'Reminders go there: it is the primary one' })),
  }),
  paymentMethods: listOf({ name: text }),
  invoices: listOf({
    number: Type.Optional(Type.Union([text, Type.Null()])),
    status: Type.Enum([0, 1, 2, 3, 4, 99]),
    client: externalId,
    department: externalId,
    currency: Type.Enum([...currencyCodes]),
    total: minor,
    due: Type.Integer({
      ...range,
      description: 'Minor units that are unpaid, not counting what payment links have brought',
    }),
  }),
});

const counts = Type.Object({ created: Type.Integer(), updated: Type.Integer() });

export const practiceImported = Type.Object(Object.fromEntries(practiceKinds.map((kind) => [kind, counts])));
