import type { Queryable, Transaction } from '#db/database.ts';
import type { ClaimId, CustomerId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Claim, ClaimStatus } from './claim.ts';

const columns = `c.id, c.tenant_id as "tenantId", c.origin, c.status, c.currency, c.amount, c.tax, c.shipping, c.subtotal, c.reference,
  c.capture, c.prescription_required as "prescriptionRequired", c.success_url as "successUrl", c.failure_url as "failureUrl",
  c.cancel_url as "cancelUrl", c.callback_url as "callbackUrl", c.customer_id as "customerId", c.contact_digest as "contactDigest",
  c.session_digest as "sessionDigest", c.active_payment_id as "activePaymentId", c.payment_id as "paymentId", c.version,
  c.created_at as "createdAt", c.updated_at as "updatedAt", c.token_until as "tokenUntil"`;

export async function insertClaims(transaction: Transaction, rows: readonly Claim[]): Promise<void> {
  transaction.write(
    `insert into claims (tenant_id, id, origin, status, currency, amount, tax, shipping, subtotal, reference, capture,
       prescription_required, success_url, failure_url, cancel_url, callback_url, created_at, token_until)
     select tenant_id, id, origin, 'initial', currency, amount, tax, shipping, subtotal, reference, capture, prescription_required,
       success_url, failure_url, cancel_url, callback_url, created_at, token_until
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[],
       $10::text[], $11::boolean[], $12::text[], $13::text[], $14::text[], $15::text[], $16::timestamptz[], $17::timestamptz[])
       as given (tenant_id, id, origin, currency, amount, tax, shipping, subtotal, reference, capture, prescription_required,
         success_url, failure_url, cancel_url, callback_url, created_at, token_until)`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.origin),
      rows.map((row) => row.currency),
      rows.map((row) => row.amount),
      rows.map((row) => row.tax),
      rows.map((row) => row.shipping),
      rows.map((row) => row.subtotal),
      rows.map((row) => row.reference),
      rows.map((row) => row.capture),
      rows.map((row) => row.prescriptionRequired),
      rows.map((row) => row.successUrl),
      rows.map((row) => row.failureUrl),
      rows.map((row) => row.cancelUrl),
      rows.map((row) => row.callbackUrl),
      rows.map((row) => row.createdAt),
      rows.map((row) => row.tokenUntil),
    ],
    'insert-claims',
  );
}

export async function selectClaim(
  queryable: Queryable,
  tenantId: TenantId,
  id: ClaimId,
): Promise<Claim | undefined> {
  const rows = await queryable.query<Claim>(
    `select ${columns} from claims c where c.tenant_id = $1 and c.id = $2`,
    [tenantId, id],
    'select-claim',
  );
  return rows[0];
}

/** By its id alone, which a token we signed vouches for. */
export async function selectClaimOfToken(queryable: Queryable, id: ClaimId): Promise<Claim | undefined> {
  const rows = await queryable.query<Claim>(
    `select ${columns} from claims c where c.id = $1`,
    [id],
    'select-claim-of-token',
  );
  return rows[0];
}

/** The row lock that everything begins with that a claim has one of. */
export async function lockClaim(
  transaction: Transaction,
  tenantId: TenantId,
  id: ClaimId,
): Promise<Claim | undefined> {
  const rows = await transaction.query<Claim>(
    `select ${columns} from claims c where c.tenant_id = $1 and c.id = $2 for update`,
    [tenantId, id],
    'lock-claim',
  );
  return rows[0];
}

export interface ClaimChange {
  readonly status: ClaimStatus;
  readonly at: Date;
  readonly paymentId: PaymentId | null;
  readonly payer: { readonly customerId: CustomerId; readonly contactDigest: Buffer } | null;
}

/** Moves a claim on, compare-and-set on its version. */
export async function updateClaimStatus(
  transaction: Transaction,
  claim: Claim,
  change: ClaimChange,
): Promise<Claim | undefined> {
  const rows = await transaction.query<Claim>(
    `update claims c set status = $4, updated_at = $5, payment_id = coalesce($6, payment_id), version = version + 1,
       customer_id = coalesce($7, customer_id), contact_digest = coalesce($8, contact_digest)
     where c.tenant_id = $1 and c.id = $2 and c.version = $3 returning ${columns}`,
    [
      claim.tenantId,
      claim.id,
      claim.version,
      change.status,
      change.at,
      change.paymentId,
      change.payer?.customerId ?? null,
      change.payer?.contactDigest ?? null,
    ],
    'update-claim-status',
  );
  return rows[0];
}

export async function updateClaimPayment(
  transaction: Transaction,
  claim: Claim,
  paymentId: PaymentId | null,
): Promise<void> {
  transaction.write(
    'update claims set active_payment_id = $3 where tenant_id = $1 and id = $2',
    [claim.tenantId, claim.id, paymentId],
    'update-claim-payment',
  );
}

export async function updateSession(
  transaction: Transaction,
  claim: Claim,
  sessionDigest: Buffer,
): Promise<void> {
  transaction.write('update claims set session_digest = $3 where tenant_id = $1 and id = $2', [
    claim.tenantId,
    claim.id,
    sessionDigest,
  ]);
}

export interface CodeRow {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly claimId: ClaimId;
  readonly contactDigest: Buffer;
  readonly codeDigest: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Writes a code unless the contact has had `limit` since `since`; answers whether it was written. */
export async function insertCode(
  transaction: Transaction,
  row: CodeRow,
  limit: number,
  since: Date,
): Promise<boolean> {
  // One at a time per contact, so that requests that arrive together are counted one after the other.
  transaction.write('select pg_advisory_xact_lock(hashtextextended($1, 3))', [
    row.contactDigest.toString('hex'),
  ]);
  const rows = await transaction.query(
    `insert into contact_codes (tenant_id, id, claim_id, contact_digest, code_digest, created_at, expires_at)
     select $1, $2, $3, $4, $5, $6, $7
     where (select count(*) from contact_codes where tenant_id = $1 and contact_digest = $4 and created_at > $9) < $8
     returning 1`,
    [
      row.tenantId,
      row.id,
      row.claimId,
      row.contactDigest,
      row.codeDigest,
      row.createdAt,
      row.expiresAt,
      limit,
      since,
    ],
  );
  return rows.length > 0;
}

/** The latest code of a contact for a claim, if it may still be tried. */
export async function lockLatestCode(
  transaction: Transaction,
  claim: Claim,
  contactDigest: Buffer,
  at: Date,
): Promise<{ id: string; codeDigest: Buffer; wrongTries: number } | undefined> {
  const rows = await transaction.query<{
    id: string;
    codeDigest: Buffer;
    wrongTries: number;
    isOpen: boolean;
  }>(
    `select id, code_digest as "codeDigest", wrong_tries as "wrongTries", used_at is null and expires_at > $4 as "isOpen"
     from contact_codes where tenant_id = $1 and claim_id = $2 and contact_digest = $3
     order by created_at desc, id desc limit 1 for update`,
    [claim.tenantId, claim.id, contactDigest, at],
  );
  return rows[0]?.isOpen === true ? rows[0] : undefined;
}

export async function updateCode(
  transaction: Transaction,
  tenantId: TenantId,
  id: string,
  change: { wrongTries: number; usedAt: Date | null },
): Promise<void> {
  transaction.write(
    'update contact_codes set wrong_tries = $3, used_at = $4 where tenant_id = $1 and id = $2',
    [tenantId, id, change.wrongTries, change.usedAt],
  );
}
