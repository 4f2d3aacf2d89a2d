/** The shapes of what a tenant is made of: its settings, connectors, merchants and keys. */
import Type from 'typebox';
import { closed, instant, nullable, page, uuid } from './schemas.ts';

const organisationNumber = nullable(Type.String({ minLength: 1, maxLength: 30 }));

export const tenant = Type.Object({
  id: uuid(),
  organisationId: uuid(),
  name: Type.String(),
  mode: Type.Enum(['test', 'live']),
  country: Type.String({ description: 'ISO 3166-1 alpha-2' }),
  zone: Type.String({ description: 'IANA time zone' }),
  connectors: Type.Object(
    {},
    { additionalProperties: true, description: 'Which connector serves which payment method' },
  ),
  organisationNumber: nullable(Type.String()),
  brand: Type.Object({ logoUrl: nullable(Type.String()), colour: nullable(Type.String()) }),
});
export const tenants = page(tenant);
export const newTenant = closed({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  mode: Type.Optional(Type.Enum(['test', 'live'])),
  country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'As your own unless given' })),
  zone: Type.Optional(Type.String({ maxLength: 64, description: 'As your own unless given' })),
});
export const tenantChange = closed(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    zone: Type.Optional(Type.String({ maxLength: 64 })),
    organisationNumber: Type.Optional(organisationNumber),
    brand: Type.Optional(
      closed({
        logoUrl: Type.Optional(
          nullable(Type.String({ maxLength: 2_048, description: 'https for live tenants' })),
        ),
        colour: Type.Optional(
          nullable(
            Type.String({
              pattern: '^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$',
              description: '`#rgb` or `#rrggbb`',
            }),
          ),
        ),
      }),
    ),
  },
  { minProperties: 1, description: 'What is left out stays as it is; null takes it away.' },
);
const key = nullable(
  Type.String({
    description: 'Shown this once. Null for other façades, and in the answer to a repeated request',
  }),
);
export const openedTenant = Type.Object({ tenant, key });

const credentialProperties = {
  id: uuid(),
  facade: Type.String(),
  lookup: Type.String({ description: 'Its public part' }),
  label: Type.String(),
  createdAt: instant(),
  expiresAt: nullable(instant()),
  revokedAt: nullable(instant()),
  lastUsedAt: nullable(instant('Written down about once a minute')),
};
export const credentials = page(Type.Object(credentialProperties));
export const newCredential = closed({
  facade: Type.Optional(
    Type.String({
      pattern: '^[a-z][a-z-]{0,31}$',
      description: 'The façade it opens; `native` unless given',
    }),
  ),
  label: Type.Optional(Type.String({ maxLength: 200 })),
});
export const rotation = nullable(
  closed({
    overlap: Type.Optional(
      Type.String({
        maxLength: 100,
        description: 'How long the old one still works: `PT24H` unless given, at most `P30D`',
      }),
    ),
  }),
);
export const issuedCredential = Type.Object({
  ...credentialProperties,
  secret: nullable(Type.String({ description: 'Shown this once. Null in the answer to a repeated request' })),
  key,
});

export const signingKey = Type.Object({
  algorithm: Type.Enum(['ed25519']),
  publicKey: nullable(Type.String({ description: 'The 32 raw bytes in base64; checks `v1a` signatures' })),
});

export const connectorParams = Type.Object({ name: Type.String() });
export const connector = Type.Object({
  name: Type.String(),
  methods: Type.Array(Type.String(), { description: 'The payment methods it can serve' }),
  serves: Type.Array(Type.String(), { description: 'Those it serves for this tenant' }),
  fields: Type.Array(
    Type.Object({
      name: Type.String(),
      about: Type.String(),
      secret: Type.Boolean(),
      isSet: Type.Boolean(),
      value: nullable(Type.String({ description: 'Null where it is secret or not set' })),
    }),
    { description: 'What an account at it consists of' },
  ),
});
export const connectors = page(connector);
export const connectorSetup = closed({
  // A certificate with its chain, in PEM, is the longest.
  account: Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 16_384 }), {
    maxProperties: 32,
    description: 'Every field of the connector, by name; kept sealed',
  }),
  methods: Type.Array(Type.String({ maxLength: 64 }), {
    maxItems: 32,
    uniqueItems: true,
    description: 'The payment methods it serves from now on, and no others; none at all stops new payments',
  }),
});

export const merchant = Type.Object({
  id: uuid('The `merchant_id` of other dialects'),
  name: Type.String(),
  organisationNumber: nullable(Type.String()),
  createdAt: instant(),
});
export const merchants = page(merchant);
export const newMerchant = closed({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  organisationNumber: Type.Optional(organisationNumber),
});
