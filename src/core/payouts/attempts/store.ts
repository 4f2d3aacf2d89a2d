import type { Transaction } from '#db/database.ts';
import type { Attempt } from '../payout.ts';

/** Writes what has changed of attempts whose payouts the caller has locked; the CHECKs refuse what does not add up. */
export async function updateAttempts(transaction: Transaction, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return;
  transaction.write(
    `update payout_attempts a set funded = g.funded, declined = g.declined, cleared = g.cleared, voided = g.voided,
       trace_number = g.trace_number, instrument = g.instrument, card_last4 = g.card_last4, cut_at = g.cut_at,
       effective_date = g.effective_date, stop_at = g.stop_at, returned_code = g.returned_code, returned_at = g.returned_at,
       remittance_sealed = g.remittance_sealed, documented_at = g.documented_at, voided_at = g.voided_at
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::bool[], $5::bool[], $6::bigint[], $7::bigint[], $8::text[], $9::text[],
       $10::text[], $11::timestamptz[], $12::date[], $13::timestamptz[], $14::text[], $15::timestamptz[], $16::text[],
       $17::timestamptz[], $18::timestamptz[])
       as g (tenant_id, payout_id, attempt, funded, declined, cleared, voided, trace_number, instrument, card_last4, cut_at,
         effective_date, stop_at, returned_code, returned_at, remittance_sealed, documented_at, voided_at)
     where a.tenant_id = g.tenant_id and a.payout_id = g.payout_id and a.attempt = g.attempt`,
    [
      attempts.map((one) => one.tenantId),
      attempts.map((one) => one.payoutId),
      attempts.map((one) => one.attempt),
      attempts.map((one) => one.funded),
      attempts.map((one) => one.declined),
      attempts.map((one) => one.cleared),
      attempts.map((one) => one.voided),
      attempts.map((one) => one.traceNumber),
      attempts.map((one) => one.instrument),
      attempts.map((one) => one.cardLast4),
      attempts.map((one) => one.cutAt),
      attempts.map((one) => one.effectiveDate),
      attempts.map((one) => one.stopAt),
      attempts.map((one) => one.returnedCode),
      attempts.map((one) => one.returnedAt),
      attempts.map((one) => one.remittanceSealed),
      attempts.map((one) => one.documentedAt),
      attempts.map((one) => one.voidedAt),
    ],
    'update-payout-attempts',
  );
}

/** A new instrument for what was voided of the last. */
export async function insertAttempt(
  transaction: Transaction,
  attempt: Pick<Attempt, 'tenantId' | 'payoutId' | 'attempt' | 'accountId' | 'rail' | 'amount' | 'startedAt'>,
): Promise<void> {
  transaction.write(
    `insert into payout_attempts (tenant_id, payout_id, attempt, account_id, rail, amount, started_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      attempt.tenantId,
      attempt.payoutId,
      attempt.attempt,
      attempt.accountId,
      attempt.rail,
      attempt.amount,
      attempt.startedAt,
    ],
  );
}
