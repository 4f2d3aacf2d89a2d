/** The shapes of seed 000 and facts 6. What the framework words itself is checked in `read-body.ts`. */
import Type from 'typebox';

const provetId = Type.String({ pattern: '^[0-9A-Za-z_-]{1,64}$', description: 'The practice' });

export const bookParams = Type.Object({ provet_id: provetId });

export const objectParams = Type.Object({
  provet_id: provetId,
  id: Type.String({ maxLength: 100, description: 'A whole number' }),
});

export const listQuery = Type.Object(
  {
    page: Type.Optional(Type.String({ maxLength: 10 })),
    page_size: Type.Optional(Type.String({ maxLength: 10, description: '50 unless given, 1000 at most' })),
    ordering: Type.Optional(Type.String({ maxLength: 200, description: '`field` or `-field`, by comma' })),
    filter_type: Type.Optional(Type.String({ maxLength: 10, description: '`or`: one filter is enough' })),
  },
  { additionalProperties: true, description: 'Any other name is a filter: `field__method=value`' },
);

const amount = Type.Union([Type.Number(), Type.String({ maxLength: 20 })]);
const address = Type.String({ maxLength: 300, description: 'Address of an object of this book' });
const id = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export const createPostransaction = Type.Object({
  amount,
  terminal_id: Type.Integer(),
  payment_type: Type.Integer(),
  transaction_type: Type.Integer(),
  creator: Type.Optional(Type.Union([address, Type.Null()])),
  department: address,
  invoice: Type.Optional(Type.Union([address, Type.Null()])),
  payment_link_data: Type.Object({
    duration: Type.Optional(Type.Integer()),
    email: Type.Optional(Type.String({ maxLength: 254 })),
    phone: Type.Optional(Type.String({ maxLength: 30 })),
    delivery_method: Type.Optional(Type.Integer()),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    return_url: Type.Optional(Type.String({ maxLength: 2_048 })),
    tokenize: Type.Optional(Type.String({ maxLength: 20 })),
    recurring_model: Type.Optional(Type.String({ maxLength: 20 })),
    invoice_id: Type.Optional(id),
  }),
  prepayment_data: Type.Optional(
    Type.Object({
      client_id: id,
      department_id: id,
      description: Type.Optional(Type.String({ maxLength: 500 })),
    }),
  ),
});

/** One object; its keys stand in the façade's page of the documentation. */
export const object = Type.Record(Type.String(), Type.Unknown());

export const page = Type.Object({
  count: Type.Integer(),
  num_pages: Type.Integer(),
  next: Type.Union([Type.String(), Type.Null()]),
  previous: Type.Union([Type.String(), Type.Null()]),
  results: Type.Array(object),
});
