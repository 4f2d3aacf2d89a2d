/** The shapes of what a tenant is made of: its settings, connectors, merchants and keys. */
import Type from 'typebox';
import { maxReminderDays, maxReminders } from '#core/links/reminder-schedule.ts';
import { maxTemplateCharacters, placeholders } from '#core/messages/fill-template.ts';
import { occasions, type TextPart, textParts } from '#core/messages/texts.ts';
import { languages } from '#kit/language.ts';
import { closed, instant, nullable, page, uuid } from './schemas.ts';

const template = (part: TextPart) =>
  Type.String({
    maxLength: maxTemplateCharacters[part],
    description: `May name ${placeholders.map((name) => `\`{${name}}\``).join(', ')}`,
  });
const days = (minimum: number, description: string) =>
  Type.Array(Type.Integer({ minimum, maximum: maxReminderDays }), {
    maxItems: maxReminders,
    uniqueItems: true,
    description,
  });
const reminders = {
  daysBefore: days(0, 'Days before the due date; 0 is the due date itself'),
  daysAfter: days(1, 'Days after the due date, for links that can still be paid then'),
};
const organisationNumber = nullable(Type.String({ minLength: 1, maxLength: 30 }));

const claimSettings = {
  settlement: Type.Enum(['invoice', 'operator'], {
    description: 'What settles a claim that is paid: its invoice, or you, who need one too',
  }),
  keylessHosts: Type.Array(
    Type.String({
      pattern: '^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$',
      description: 'A host, in small letters',
    }),
    {
      maxItems: 50,
      uniqueItems: true,
      description:
        'Where payers may be sent by payments that are made with a merchant’s id and no key; none lets nobody make one',
    },
  ),
};

const rates = {
  requestsPerMinute: { description: 'Of one dialect, on each node; null is ours' },
  routeRateFactor: {
    description: 'How many times the rates that a dialect documents for its routes; null is once',
  },
};
/** A tenant that may hardly ask could not ask for more either. */
const rateChanges = {
  requestsPerMinute: nullable(Type.Integer({ ...rates.requestsPerMinute, minimum: 60, maximum: 10_000_000 })),
  routeRateFactor: nullable(Type.Number({ ...rates.routeRateFactor, minimum: 0.01, maximum: 1_000_000 })),
};

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
  ...claimSettings,
  requestsPerMinute: nullable(Type.Integer(rates.requestsPerMinute)),
  routeRateFactor: nullable(Type.Number(rates.routeRateFactor)),
  reminders: Type.Object(reminders),
  messageTexts: Type.Object(
    {},
    { additionalProperties: true, description: 'The texts that are your own, by language and occasion' },
  ),
});
/** By language, by occasion: the parts that are the tenant's own. */
const ownTexts = Object.fromEntries(
  languages.map((language) => [
    language,
    Type.Optional(
      nullable(
        closed(
          Object.fromEntries(
            occasions.map((occasion) => [
              occasion,
              Type.Optional(
                closed(Object.fromEntries(textParts.map((part) => [part, Type.Optional(template(part))]))),
              ),
            ]),
          ),
        ),
      ),
    ),
  ]),
);
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
          nullable(
            Type.String({
              maxLength: 16_384,
              description: 'An https address, or a `data:` URL of a picture',
            }),
          ),
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
    settlement: Type.Optional(claimSettings.settlement),
    keylessHosts: Type.Optional(claimSettings.keylessHosts),
    requestsPerMinute: Type.Optional(rateChanges.requestsPerMinute),
    routeRateFactor: Type.Optional(rateChanges.routeRateFactor),
    reminders: Type.Optional(
      nullable(closed(reminders, { description: 'At ten in the morning of your time zone; null is none' })),
    ),
    messageTexts: Type.Optional(
      closed(ownTexts, {
        description:
          'Your own words by language and occasion; what a language is given replaces all it had, null brings ours back',
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
  account: nullable(Type.String({ description: 'What it is for, where its façade has several' })),
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
  account: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9._-]{1,64}$',
      description: 'What it is for, where a façade has several: an account to pay out of, a practice’s id',
    }),
  ),
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

const merchantStatus = Type.Enum(['created', 'pending', 'approved', 'denied'], {
  description: 'Whether somebody has looked into who it is. A denied one can be named for no new money',
});

export const merchant = Type.Object({
  id: uuid('The `merchant_id` of other dialects'),
  name: Type.String(),
  organisationNumber: nullable(Type.String()),
  status: merchantStatus,
  createdAt: instant(),
});
export const merchants = page(merchant);
export const newMerchant = closed({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  organisationNumber: Type.Optional(organisationNumber),
});
export const merchantReview = closed({ status: merchantStatus });
