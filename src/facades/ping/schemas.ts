/** What the shapes of the Ping dialect are made of. What depends on more than one field is read by the translations. */
import Type from 'typebox';

/** The format alone would let `urn:uuid:…` through as well, which no id is spelt like. */
export const uuid = () => Type.String({ format: 'uuid', maxLength: 36 });
export const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
export const nullable = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()]);

/** Whole minor units; 10¹² at most. */
export const minor = (minimum: number) => Type.Integer({ minimum, maximum: 1_000_000_000_000 });

export const metadata = Type.Record(Type.String(), Type.Unknown());

export const currency = Type.Enum(['SEK', 'NOK', 'EUR', 'GBP', 'DKK']);

export const createdId = Type.Object({ id: uuid() });

export const initiatedPayment = Type.Object({
  id: uuid(),
  provider_method_response: Type.Record(Type.String(), Type.Unknown()),
});
