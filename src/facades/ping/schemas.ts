/** What the shapes of the Ping dialect are made of. What depends on more than one field is read by the translations. */
import Type, { type TSchema } from 'typebox';

/** The format alone would let `urn:uuid:…` through as well, which no id is spelt like. */
export const uuid = () => Type.String({ format: 'uuid', maxLength: 36 });
export const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Whole minor units; 10¹² at most. */
export const minor = (minimum: number) => Type.Integer({ minimum, maximum: 1_000_000_000_000 });

export const metadata = Type.Record(Type.String(), Type.Unknown());

export const currency = Type.Enum(['SEK', 'NOK', 'EUR', 'GBP', 'DKK']);

export const createdId = Type.Object({ id: uuid() });

export const idParams = Type.Object({ id: uuid() });

export const initiatedPayment = Type.Object({
  id: uuid(),
  provider_method_response: Type.Record(Type.String(), Type.Unknown()),
});

/** Where a page of a list begins: only as a list's `_links` give it. */
const cursor = Type.Optional(Type.String({ maxLength: 200 }));

/** 1 to 200 rows; the vendor's most. */
const limit = Type.Optional(Type.String({ pattern: '^([1-9][0-9]?|1[0-9]{2}|200)$' }));

export const page = { cursor, limit };

export const listQuery = Type.Object(page);

/** RFC 3339, with its offset. */
export const instant = () => Type.Optional(Type.String({ format: 'date-time', maxLength: 40 }));

/** Rows as they were listed before 2025-03-06, and since. */
export const listOf = (row: TSchema) => {
  const link = nullable(Type.Object({ href: Type.String() }));
  const links = Type.Object({ first: link, previous: link, current: link, next: link });
  return Type.Union([Type.Array(row), Type.Object({ data: Type.Array(row), _links: links })]);
};
