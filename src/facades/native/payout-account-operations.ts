/** The rows of the table about accounts to pay out of: opened, funded, and read with what they hold. */
import type { AccountSettings } from '#core/payout-accounts/account.ts';
import {
  type AccountStatement,
  listPayoutAccounts,
  readPayoutAccount,
} from '#core/payout-accounts/read-accounts.ts';
import { recordFunding } from '#core/payout-accounts/record-funding.ts';
import { setUpPayoutAccount } from '#core/payout-accounts/set-up-account.ts';
import type { Route } from '#http/facade.ts';
import { minorToJson } from '#kit/money.ts';

type Handle = Route['handle'];

interface AccountBody extends AccountSettings {
  readonly bankAccountNumber: string;
}

interface NewAccountBody extends AccountBody {
  readonly id: string;
  readonly firstCheck?: number;
  readonly firstTrace?: number;
}

export const getAccounts: Handle = async ({ core, call }) => ({
  body: { data: (await listPayoutAccounts(core, call.tenant)).map(writeAccount), next: null },
});

export const getAccount: Handle = async ({ core, call, params }) => ({
  body: writeAccount(await readPayoutAccount(core, call.tenant, params.id ?? '')),
});

export const postAccount: Handle = async ({ core, call, body }) => {
  const { id, bankAccountNumber, firstCheck = 1, firstTrace = 1, ...settings } = body as NewAccountBody;
  const { result, replayed } = await setUpPayoutAccount(core, call, {
    isNew: true,
    id,
    settings,
    bankAccountNumber,
    firstCheck: BigInt(firstCheck),
    firstTrace: BigInt(firstTrace),
  });
  return { body: writeAccount(await readPayoutAccount(core, call.tenant, result.accountId)), replayed };
};

export const putAccount: Handle = async ({ core, call, params, body }) => {
  const { bankAccountNumber, ...settings } = body as AccountBody;
  const input = { isNew: false, id: params.id ?? '', settings, bankAccountNumber };
  const { result, replayed } = await setUpPayoutAccount(core, call, input);
  return { body: writeAccount(await readPayoutAccount(core, call.tenant, result.accountId)), replayed };
};

export const postFunding: Handle = async ({ core, call, params, body }) => {
  const { bankReference, amount } = body as { bankReference: string; amount: number };
  const input = { accountId: params.id ?? '', bankReference, amount: BigInt(amount) };
  const { result, replayed } = await recordFunding(core, call, input);
  return { body: writeAccount(await readPayoutAccount(core, call.tenant, result.accountId)), replayed };
};

function writeAccount({ account, bankAccountLast4, atBank, promised }: AccountStatement) {
  return {
    id: account.id,
    ...account.settings,
    bankAccountLast4,
    balance: {
      atBank: minorToJson(atBank),
      available: minorToJson(account.available),
      promised: minorToJson(promised),
    },
    createdAt: account.createdAt.toISOString(),
  };
}
