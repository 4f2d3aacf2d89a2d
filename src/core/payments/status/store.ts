import type { Queryable, Transaction } from '#db/database.ts';
import { withoutNumbers } from '#db/rows-together.ts';
import { selectForEach } from '#db/select-for-each.ts';
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
  const [row] = await transaction.queryRows<Payment>(
    `with moved as (
       update payments p set status = g.to_status, captured = g.taken, superseded = g.surplus, lapses_at = g.lapse,
         capturing = 0, version = p.version + 1
       from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::bigint[], $6::boolean[], $7::text[], $8::text[],
           $9::timestamptz[], $10::timestamptz[], $11::bigint[], $12::bigint[]) with ordinality
         as g (of_tenant, of_payment, seen, to_status, taken, surplus, from_status, reason, at, lapse, received, received_total, n)
       where p.tenant_id = g.of_tenant and p.id = g.of_payment and p.version = g.seen
       returning p.*, g.from_status, g.reason, g.at, g.received, g.received_total, g.n::int as n),
     traced as (
       insert into payment_transitions (tenant_id, payment_id, version, from_status, to_status, reason, at, received, received_total)
       select tenant_id, id, version, from_status, status, reason, at, received, received_total from moved)
     select ${paymentColumns}, n from moved`,
    [
      [payment.tenantId],
      [payment.id],
      [payment.version],
      [change.status],
      [change.captured],
      [change.superseded],
      [payment.status],
      [change.reason],
      [change.at],
      [change.lapsesAt],
      [change.funds?.received ?? null],
      [change.funds?.receivedTotal ?? null],
    ],
    'update-payment-status',
  );
  if (row === undefined) return undefined;
  const { n: _n, ...moved } = row;
  return moved;
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

const transitionsByPayment = selectForEach(
  { tenant: 'uuid', payment: 'uuid' },
  `select payment_id as "paymentId", version, to_status as "toStatus", reason, at, received,
     received_total as "receivedTotal" from payment_transitions where tenant_id = g.tenant and payment_id = g.payment`,
  ['"paymentId"', 'version'],
);

export async function selectTransitions(
  queryable: Queryable,
  tenantId: TenantId,
  paymentIds: readonly PaymentId[],
): Promise<TransitionRow[]> {
  const rows = await queryable.queryRows<TransitionRow>(
    transitionsByPayment,
    [paymentIds.map(() => tenantId), paymentIds],
    'select-payment-transitions',
  );
  return withoutNumbers(rows);
}
