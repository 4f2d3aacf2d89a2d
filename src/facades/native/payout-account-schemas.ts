/** The shapes of accounts to pay out of. */
import Type from 'typebox';
import { fundingTypes } from '#core/payout-accounts/account.ts';
import { closed, instant, nullable } from './schemas.ts';

const maxCents = 1_000_000_000_000;
const text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description === undefined ? {} : { description }) });
const nineDigits = (description: string) => Type.String({ pattern: '^\\d{9}$', description });
const cents = (description: string) => Type.Integer({ description });

const id = Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$', description: 'Your name for the account' });

export const accountParams = Type.Object({ id });

const payer = {
  name: text(60),
  tin: nineDigits('Its tax number'),
  address: Type.Optional(
    closed({
      line1: text(55),
      line2: Type.Optional(text(55)),
      city: text(30),
      state: Type.String({ pattern: '^[A-Z]{2}$' }),
      postalCode: Type.String({ pattern: '^\\d{5}(-?\\d{4})?$' }),
    }),
  ),
  contact: Type.Optional(closed({ name: text(60), phone: Type.Optional(text(20)) })),
};

const settings = {
  fundingType: Type.Enum([...fundingTypes], {
    description: '`PreFunded…` and `Replenishment` promise nothing that is not there',
  }),
  hold: Type.Boolean({ description: 'Whether a payout waits until it is released' }),
  approval: closed({
    makerMayRelease: Type.Boolean({ description: 'Whether whoever ordered a payout may release it' }),
    tiers: Type.Array(
      closed({
        fromMinor: Type.Integer({ minimum: 1, maximum: maxCents, description: 'US cents' }),
        approvers: Type.Integer({ minimum: 1, maximum: 10 }),
      }),
      { maxItems: 10, description: 'From which amount on how many different approvers are needed' },
    ),
  }),
  payer: closed(payer, { description: 'In whose name it pays where an order names nobody else' }),
  bankName: text(36),
  routingNumber: nineDigits('Of the bank; its last digit checks the others'),
  gatewayUrl: Type.String({
    format: 'uri',
    maxLength: 500,
    description: 'Where files and orders are handed in',
  }),
  offset: Type.Boolean({ description: 'Whether an ACH file also debits the account for its credits' }),
};

const bankAccountNumber = Type.String({ pattern: '^[0-9A-Za-z-]{1,17}$', description: 'Kept encrypted' });

export const newAccount = closed({
  id,
  ...settings,
  bankAccountNumber,
  firstCheck: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 9_999_999_999, description: 'The number of its first check' }),
  ),
  firstTrace: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 9_999_999, description: 'The number of its first ACH entry' }),
  ),
});

export const accountChange = closed({ ...settings, bankAccountNumber });

export const account = Type.Object({
  id: Type.String(),
  ...settings,
  bankAccountLast4: Type.String(),
  balance: Type.Object({
    atBank: cents('US cents: the sum of the two that follow'),
    available: cents('May still be promised; below zero only where the account is funded afterwards'),
    promised: cents('Promised to payees and not gone yet'),
  }),
  createdAt: instant(),
});

export const accounts = Type.Object({ data: Type.Array(account), next: nullable(Type.String()) });

export const newFunding = closed({
  bankReference: Type.String({
    minLength: 1,
    maxLength: 100,
    pattern: '^\\S(.*\\S)?$',
    description: 'The bank’s own name for the transfer: told twice, it is one funding',
  }),
  amount: Type.Integer({ minimum: 1, maximum: maxCents, description: 'US cents' }),
});
