/** The objects of a practice system as they are imported: each with its own id there, others named by theirs. */
import Type from 'typebox';
import { practiceKinds } from '#core/practice/practice.ts';
import { currencyCodes } from '#kit/currency.ts';

const externalId = Type.String({ minLength: 1, maxLength: 100 });
const text = Type.String({ maxLength: 300 });
const range = { minimum: 0, maximum: 1_000_000_000_000 };
const minor = Type.Integer({ ...range, description: 'Minor units' });

/** An object of each list, alone in its line where a file is imported. */
export const practiceRows = {
  departments: Type.Object({
    externalId,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    currency: Type.Enum([...currencyCodes]),
    allowsLinks: Type.Optional(Type.Boolean({ description: 'As `allow_nhp_processing`; true unless given' })),
  }),
  users: Type.Object({
    externalId,
    username: text,
    firstName: Type.Optional(text),
    lastName: Type.Optional(text),
  }),
  clients: Type.Object({
    externalId,
    firstName: Type.Optional(text),
    lastName: Type.Optional(text),
    email: Type.Optional(Type.Union([Type.String({ maxLength: 254 }), Type.Null()])),
    homeDepartment: Type.Optional(Type.Union([externalId, Type.Null()])),
  }),
  phoneNumbers: Type.Object({
    externalId,
    client: externalId,
    number: Type.String({ maxLength: 30 }),
    description: Type.Optional(text),
    preferred: Type.Optional(Type.Boolean({ description: 'Reminders go there: it is the primary one' })),
  }),
  paymentMethods: Type.Object({ externalId, name: text }),
  invoices: Type.Object({
    externalId,
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
};

export type PracticeList = keyof typeof practiceRows;

/** Objects of one kind in one request: the body is 64 KiB at most anyway. A file has as many as it likes. */
const maxItems = 2_000;

export const practiceImport = Type.Object(
  {
    departments: Type.Optional(Type.Array(practiceRows.departments, { maxItems })),
    users: Type.Optional(Type.Array(practiceRows.users, { maxItems })),
    clients: Type.Optional(Type.Array(practiceRows.clients, { maxItems })),
    phoneNumbers: Type.Optional(Type.Array(practiceRows.phoneNumbers, { maxItems })),
    paymentMethods: Type.Optional(Type.Array(practiceRows.paymentMethods, { maxItems })),
    invoices: Type.Optional(Type.Array(practiceRows.invoices, { maxItems })),
  },
  {
    description:
      'Or a file of one list, `text/csv` or `application/x-ndjson`, whose lines are what `objects` says',
  },
);

export const practiceQuery = Type.Object({
  objects: Type.Optional(
    Type.Enum(Object.keys(practiceRows), {
      description: 'What the lines of a file are; a JSON body names them itself',
    }),
  ),
});

const counts = Type.Object({ created: Type.Integer(), updated: Type.Integer() });

/** By kind; a file answers about its own. */
export const practiceImported = Type.Object(
  Object.fromEntries(practiceKinds.map((kind) => [kind, Type.Optional(counts)])),
);
