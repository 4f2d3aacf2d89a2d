import type { Queryable, Transaction } from '#db/database.ts';
import type { DepositId, LinkId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Deposit, DepositReference } from './deposit.ts';

const columns = `id, tenant_id as "tenantId", bank_reference as "bankReference", reference, currency, amount, unallocated, matched,
  surplus, returned, link_id as "linkId", payment_id as "paymentId", version, received_at as "receivedAt", created_at as "createdAt"`;

const referenceColumns = `tenant_id as "tenantId", reference, kind, link_id as "linkId", payment_id as "paymentId",
  complete_when_funded as "completeWhenFunded", document_name as "documentName", created_at as "createdAt"`;

/** Writes a deposit that is not known yet; answers false where the bank's reference is. Waits for one being written. */
export async function insertDeposit(transaction: Transaction, deposit: Deposit): Promise<boolean> {
  const rows = await transaction.query(
    `insert into deposits (tenant_id, id, bank_reference, reference, currency, amount, unallocated, received_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $8) on conflict (tenant_id, bank_reference) do nothing returning 1`,
    [
      deposit.tenantId,
      deposit.id,
      deposit.bankReference,
      deposit.reference,
      deposit.currency,
      deposit.amount,
      deposit.receivedAt,
      deposit.createdAt,
    ],
    'insert-deposit',
  );
  return rows.length > 0;
}

export async function selectByBankReference(
  queryable: Queryable,
  tenantId: TenantId,
  bankReference: string,
): Promise<Deposit | undefined> {
  const rows = await queryable.query<Deposit>(
    `select ${columns} from deposits where tenant_id = $1 and bank_reference = $2`,
    [tenantId, bankReference],
  );
  return rows[0];
}

export async function selectDeposit(
  queryable: Queryable,
  tenantId: TenantId,
  id: DepositId,
): Promise<Deposit | undefined> {
  const rows = await queryable.query<Deposit>(
    `select ${columns} from deposits where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

/** A deposit's row lock: taken after the link's and the payment's. */
export async function lockDeposit(
  transaction: Transaction,
  tenantId: TenantId,
  id: DepositId,
): Promise<Deposit | undefined> {
  const rows = await transaction.query<Deposit>(
    `select ${columns} from deposits where tenant_id = $1 and id = $2 for update`,
    [tenantId, id],
  );
  return rows[0];
}

/** Where a list may look: deposits of which some is there. */
const held = { unallocated: 'unallocated > 0', matched: 'matched > 0', surplus: 'surplus > 0' } as const;

export type HeldPlace = keyof typeof held;

export async function selectDeposits(
  queryable: Queryable,
  tenantId: TenantId,
  page: {
    place: HeldPlace | null;
    paymentId: PaymentId | null;
    before: { createdAt: Date; id: string } | null;
    limit: number;
  },
): Promise<Deposit[]> {
  return queryable.query<Deposit>(
    `select ${columns} from deposits where tenant_id = $1 and ${page.place === null ? 'true' : held[page.place]}
       and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid)) and ($5::uuid is null or payment_id = $5)
     order by created_at desc, id desc limit $4`,
    [tenantId, page.before?.createdAt ?? null, page.before?.id ?? null, page.limit, page.paymentId],
  );
}

/** The deposits of a payment, oldest first; locked, as whoever changes them holds the payment. */
export async function lockOfPayment(
  transaction: Transaction,
  tenantId: TenantId,
  paymentId: PaymentId,
): Promise<Deposit[]> {
  return transaction.query<Deposit>(
    `select ${columns} from deposits where tenant_id = $1 and payment_id = $2 order by created_at, id for update`,
    [tenantId, paymentId],
  );
}

/** Puts a deposit's money into other places, compare-and-set on its version. The CHECK holds their sum to its amount. */
export async function updatePlaces(
  transaction: Transaction,
  deposit: Deposit,
  change: Pick<Deposit, 'unallocated' | 'matched' | 'surplus' | 'returned' | 'linkId' | 'paymentId'>,
): Promise<Deposit | undefined> {
  const rows = await transaction.query<Deposit>(
    `update deposits set unallocated = $4, matched = $5, surplus = $6, returned = $7, link_id = $8, payment_id = $9,
       version = version + 1
     where tenant_id = $1 and id = $2 and version = $3 returning ${columns}`,
    [
      deposit.tenantId,
      deposit.id,
      deposit.version,
      change.unallocated,
      change.matched,
      change.surplus,
      change.returned,
      change.linkId,
      change.paymentId,
    ],
  );
  return rows[0];
}

/** Answers false where the number is taken. */
export async function insertReference(transaction: Transaction, row: DepositReference): Promise<boolean> {
  const rows = await transaction.query(
    `insert into deposit_references (tenant_id, reference, kind, link_id, payment_id, complete_when_funded, document_name, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant_id, reference) do nothing returning 1`,
    [
      row.tenantId,
      row.reference,
      row.kind,
      row.linkId,
      row.paymentId,
      row.completeWhenFunded,
      row.documentName,
      row.createdAt,
    ],
  );
  return rows.length > 0;
}

export async function selectReference(
  queryable: Queryable,
  tenantId: TenantId,
  reference: string,
): Promise<DepositReference | undefined> {
  const rows = await queryable.query<DepositReference>(
    `select ${referenceColumns} from deposit_references where tenant_id = $1 and reference = $2`,
    [tenantId, reference],
  );
  return rows[0];
}

export async function selectReferenceOf(
  queryable: Queryable,
  tenantId: TenantId,
  of: { linkId: LinkId } | { paymentId: PaymentId },
): Promise<DepositReference | undefined> {
  const [column, id] = 'linkId' in of ? ['link_id', of.linkId] : ['payment_id', of.paymentId];
  const rows = await queryable.query<DepositReference>(
    `select ${referenceColumns} from deposit_references where tenant_id = $1 and ${column} = $2`,
    [tenantId, id],
  );
  return rows[0];
}

export interface ReturnRow {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly depositId: DepositId;
  readonly bankReference: string;
  readonly amount: bigint;
  readonly createdAt: Date;
}

/** Answers false where the bank's reference of the transfer back is known. */
export async function insertReturn(transaction: Transaction, row: ReturnRow): Promise<boolean> {
  const rows = await transaction.query(
    `insert into deposit_returns (tenant_id, id, deposit_id, bank_reference, amount, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, bank_reference) do nothing returning 1`,
    [row.tenantId, row.id, row.depositId, row.bankReference, row.amount, row.createdAt],
  );
  return rows.length > 0;
}

export async function selectReturn(
  queryable: Queryable,
  tenantId: TenantId,
  bankReference: string,
): Promise<ReturnRow | undefined> {
  const rows = await queryable.query<ReturnRow>(
    `select tenant_id as "tenantId", id, deposit_id as "depositId", bank_reference as "bankReference", amount,
       created_at as "createdAt"
     from deposit_returns where tenant_id = $1 and bank_reference = $2`,
    [tenantId, bankReference],
  );
  return rows[0];
}
