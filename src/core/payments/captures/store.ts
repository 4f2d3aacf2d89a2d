import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Payment } from '../payment.ts';

/**
 * Reserves what a capture is to take, or gives it back where that is nothing. The row is locked by the caller; the CHECK
 * refuses what the caller forgets.
 */
export async function updateCapturing(
  transaction: Transaction,
  payment: Payment,
  change: { capturing: bigint; mayExceed: boolean },
): Promise<void> {
  transaction.writeRows(
    `update payments p set capturing = g.amount, over_capture = p.over_capture or g.may_exceed
     from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::boolean[]) as g (tenant_id, id, amount, may_exceed)
     where p.tenant_id = g.tenant_id and p.id = g.id`,
    [[payment.tenantId], [payment.id], [change.capturing], [change.mayExceed]],
    'update-payment-capturing',
  );
}

/** Authorised payments whose hold is over in their tenant's own time and of which no capture is under way. */
export async function selectLapsed(
  queryable: Queryable,
  page: { wallNow: Date; limit: number; tenantId: TenantId | null },
): Promise<Pick<Payment, 'id' | 'tenantId'>[]> {
  return queryable.query(
    `select due.tenant_id as "tenantId", due.id from tenants t cross join lateral (
       select d.tenant_id, d.id from payments d
       where d.tenant_id = t.id and d.status = 'authorised' and d.capturing = 0
         and d.lapses_at <= $1::timestamptz + t.clock_offset_ms * interval '1 millisecond'
       order by d.lapses_at limit $2) due
     where $3::uuid is null or t.id = $3
     limit $2`,
    [page.wallNow, page.limit, page.tenantId],
    'select-lapsed-payments',
  );
}

/** Whether money is held at a connector. */
export async function selectAnyHeld(
  queryable: Queryable,
  tenantId: TenantId,
  connector: string,
): Promise<boolean> {
  const rows = await queryable.query(
    `select 1 from payments where tenant_id = $1 and connector = $2 and status = 'authorised' limit 1`,
    [tenantId, connector],
  );
  return rows.length > 0;
}

export async function selectNextLapse(
  queryable: Queryable,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  const rows = await queryable.query<{ at: Date | null }>(
    `select min(lapses_at) as at from payments where tenant_id = $1 and status = 'authorised' and lapses_at > $2`,
    [tenantId, after],
  );
  return rows[0]?.at ?? null;
}
