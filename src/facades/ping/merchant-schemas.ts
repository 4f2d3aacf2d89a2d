/** The shapes of merchants and of the tenant itself (facts A6). */
import Type from 'typebox';
import { listOf, nullable, text, uuid } from './schemas.ts';

export { createdId, idParams, listQuery } from './schemas.ts';

const number = () => Type.Optional(nullable(text(30)));

const organization = Type.Object({
  country: Type.Enum(['SE', 'NO', 'DK', 'FI', 'DE', 'AT']),
  name: Type.Optional(nullable(text(200))),
  se_organization_number: number(),
  no_organization_number: number(),
  dk_organization_number: number(),
  fi_organization_number: number(),
  de_organization_number: number(),
  at_organization_number: number(),
});

const person = Type.Object({
  country: Type.Enum(['SE', 'NO', 'DK']),
  name: Type.Optional(nullable(text(200))),
  se_personal_identity_number: Type.Optional(nullable(Type.String({ pattern: '^[0-9]{12}$' }))),
  no_identity_number: Type.Optional(nullable(Type.String({ pattern: '^[0-9]{11}$' }))),
  dk_civil_registration_number: Type.Optional(nullable(Type.String({ pattern: '^[0-9]{10}$' }))),
});

export const createMerchant = Type.Object({
  name: text(200),
  organization: Type.Optional(nullable(organization)),
  person: Type.Optional(nullable(person)),
});

const anything = Type.Record(Type.String(), Type.Unknown());

const providerMethods = Type.Array(Type.Object({ provider: Type.String(), method: Type.String() }));

export const merchant = Type.Object({
  id: uuid(),
  name: Type.String(),
  email: nullable(Type.String()),
  phone_number: nullable(Type.String()),
  status: Type.Enum(['CREATED', 'PENDING', 'APPROVED', 'DENIED']),
  organization: nullable(anything),
  person: nullable(anything),
  payment_provider_methods: providerMethods,
});

export const merchants = listOf(merchant);

const callbackUrl = () => nullable(Type.String({ maxLength: 2048 }));

export const tenant = Type.Object({
  id: uuid(),
  name: Type.String(),
  accounts: Type.Object({ credit: Type.Array(anything) }),
  organization: nullable(anything),
  callback_signing_key: nullable(Type.String()),
  credit_account_top_up_callback_url: callbackUrl(),
  disbursement_callback_url: callbackUrl(),
  merchant_status_callback_url: callbackUrl(),
  payment_provider_methods: providerMethods,
});

export const changeTenant = Type.Object({
  credit_account_top_up_callback_url: Type.Optional(callbackUrl()),
  disbursement_callback_url: Type.Optional(callbackUrl()),
  merchant_status_callback_url: Type.Optional(callbackUrl()),
});

export const poke = Type.Object({ callback_url: Type.String({ maxLength: 2048 }) });

export const generatedKey = Type.Object({ public_key: Type.String() });

export const signingKey = Type.Object({ key: Type.String() });

export const pong = Type.String();
