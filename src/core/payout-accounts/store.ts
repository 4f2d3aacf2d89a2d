import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { AccountSettings, PayoutAccount } from './account.ts';
import type { Consent } from './record-consent.ts';
import type { NumberKind } from './take-numbers.ts';

const columns = `tenant_id as "tenantId", id, settings, bank_account_sealed as "bankAccountSealed", prefunded, available,
  created_at as "createdAt"`;

export interface NewAccountRow {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly settings: AccountSettings;
  readonly bankAccountSealed: string;
  readonly prefunded: boolean;
  readonly firstCheck: bigint;
  readonly firstTrace: bigint;
  readonly createdAt: Date;
}

export async function upsertAccount(queryable: Queryable, row: NewAccountRow): Promise<void> {
  await queryable.query(
    `insert into payout_accounts (tenant_id, id, settings, bank_account_sealed, prefunded, next_check, next_trace, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (tenant_id, id) do update
       set settings = excluded.settings, bank_account_sealed = excluded.bank_account_sealed, prefunded = excluded.prefunded`,
    [
      row.tenantId,
      row.id,
      JSON.stringify(row.settings),
      row.bankAccountSealed,
      row.prefunded,
      row.firstCheck,
      row.firstTrace,
      row.createdAt,
    ],
  );
}

export async function selectAccount(
  queryable: Queryable,
  tenantId: TenantId,
  id: string,
): Promise<PayoutAccount | undefined> {
  const rows = await queryable.query<PayoutAccount>(
    `select ${columns} from payout_accounts where tenant_id = $1 and id = $2`,
    [tenantId, id],
    'select-payout-account',
  );
  return rows[0];
}

export async function selectNamedAccounts(
  queryable: Queryable,
  named: readonly Pick<PayoutAccount, 'tenantId' | 'id'>[],
): Promise<PayoutAccount[]> {
  return queryable.query<PayoutAccount>(
    `select ${columns} from payout_accounts where (tenant_id, id) in (select * from unnest($1::uuid[], $2::text[]))`,
    [named.map(({ tenantId }) => tenantId), named.map(({ id }) => id)],
    'select-named-payout-accounts',
  );
}

export async function selectAccounts(queryable: Queryable, tenantId: TenantId): Promise<PayoutAccount[]> {
  return queryable.query<PayoutAccount>(
    `select ${columns} from payout_accounts where tenant_id = $1 order by id`,
    [tenantId],
  );
}

/** The row lock under which an account's money is promised and its numbers are given out. */
export async function lockAccount(
  transaction: Transaction,
  tenantId: TenantId,
  id: string,
): Promise<PayoutAccount | undefined> {
  const rows = await transaction.query<PayoutAccount>(
    `select ${columns} from payout_accounts where tenant_id = $1 and id = $2 for no key update`,
    [tenantId, id],
    'lock-payout-account',
  );
  return rows[0];
}

/** Changes what may be promised; the CHECK refuses what is not there. */
export async function addAvailable(
  transaction: Transaction,
  account: Pick<PayoutAccount, 'tenantId' | 'id'>,
  sum: bigint,
): Promise<void> {
  transaction.write(
    'update payout_accounts set available = available + $3 where tenant_id = $1 and id = $2',
    [account.tenantId, account.id, sum],
    'add-payout-funds',
  );
}

/** Takes `count` numbers of a kind in a row and answers the first. */
export async function updateNumbers(
  transaction: Transaction,
  account: Pick<PayoutAccount, 'tenantId' | 'id'>,
  kind: NumberKind,
  count: number,
): Promise<bigint | undefined> {
  const rows = await transaction.query<{ next: bigint }>(
    `update payout_accounts set next_${kind} = next_${kind} + $3 where tenant_id = $1 and id = $2
     returning next_${kind} - $3 as next`,
    [account.tenantId, account.id, count],
    `take-payout-${kind}`,
  );
  return rows[0]?.next;
}

/** Writes a funding down; answers false where its reference was written down before. */
export async function insertFunding(
  transaction: Transaction,
  row: { tenantId: TenantId; accountId: string; reference: string; amount: bigint; at: Date },
): Promise<boolean> {
  const rows = await transaction.query(
    `insert into payout_fundings (tenant_id, account_id, reference, amount, at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning 1`,
    [row.tenantId, row.accountId, row.reference, row.amount, row.at],
  );
  return rows.length > 0;
}

/** The amount of a funding that was written down. */
export async function selectFunding(
  queryable: Queryable,
  row: { tenantId: TenantId; accountId: string; reference: string },
): Promise<bigint | undefined> {
  const rows = await queryable.query<{ amount: bigint }>(
    'select amount from payout_fundings where tenant_id = $1 and account_id = $2 and reference = $3',
    [row.tenantId, row.accountId, row.reference],
  );
  return rows[0]?.amount;
}

export async function insertConsent(
  transaction: Transaction,
  tenantId: TenantId,
  consent: Consent,
  at: Date,
): Promise<void> {
  transaction.write(
    `insert into payee_consents (tenant_id, payee_reference, rail, text, given_at, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [tenantId, consent.payeeReference, consent.rail, consent.text, consent.givenAt, at],
  );
}

export async function selectConsent(
  queryable: Queryable,
  tenantId: TenantId,
  payeeReference: string,
  rail: Consent['rail'],
): Promise<Consent | undefined> {
  const rows = await queryable.query<Consent>(
    `select payee_reference as "payeeReference", rail, text, given_at as "givenAt" from payee_consents
     where tenant_id = $1 and payee_reference = $2 and rail = $3`,
    [tenantId, payeeReference, rail],
  );
  return rows[0];
}
