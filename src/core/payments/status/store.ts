import type { Queryable, Transaction } from '#db/database.ts';
import type { PaymentId, TenantId } from '#kit/ids.ts';
import type { Payment, PaymentStatus } from '../payment.ts';
import { paymentColumns } from '../store.ts';

export interface Change {
  readonly status: PaymentStatus;
  readonly captured: bigint;
  readonly superseded: boolean;
  readonly funds: { readonly received: bigint; readonly receivedTotal: bigint } | null;
  readonly lapsesAt: Date | null;
  readonly reason: string;
  readonly at: Date;
}

/**
 * Moves a payment on, compare-and-set on its version, and writes the transition beside it. A capture under way is over
 * with any move.
 */
export async function updateStatus(
  transaction: Transaction,
  payment: Payment,
  change: Change,
): Promise<Payment | undefined> {
  const rows = await transaction.query<Payment>(
    `with moved as (
       update payments set status = $4, captured = $5, superseded = $6, lapses_at = $10, capturing = 0, version = version + 1
       where tenant_id = $1 and id = $2 and version = $3 returning *),
     traced as (
       insert into payment_transitions (tenant_id, payment_id, version, from_status, to_status, reason, at, received, received_total)
       select tenant_id, id, version, $7, status, $8, $9, $11, $12 from moved)
     select ${paymentColumns} from moved`,
    [
      payment.tenantId,
      payment.id,
      payment.version,
      change.status,
      change.captured,
      change.superseded,
      payment.status,
      change.reason,
      change.at,
      change.lapsesAt,
      change.funds?.received ?? null,
      change.funds?.receivedTotal ?? null,
    ],
    'update-payment-status',
  );
  return rows[0];
}

export interface TransitionRow {
  readonly paymentId: PaymentId;
  readonly version: number;
  readonly toStatus: PaymentStatus;
  readonly reason: string;
  readonly at: Date;
  /** What had come by deposits, where it is paid so: by the last one, and in all. */
  readonly received: bigint | null;
  readonly receivedTotal: bigint | null;
}

export async function selectTransitions(
  queryable: Queryable,
  tenantId: TenantId,
  paymentIds: readonly PaymentId[],
): Promise<TransitionRow[]> {
  return queryable.query<TransitionRow>(
    `select payment_id as "paymentId", version, to_status as "toStatus", reason, at, received,
       received_total as "receivedTotal" from payment_transitions
     where tenant_id = $1 and payment_id = any($2::uuid[]) order by payment_id, version`,
    [tenantId, paymentIds],
  );
}
