import type { Transaction } from '#db/database.ts';
import type { Payment } from '../payment.ts';

/** Reserves, books or releases refunds. The row is locked by the caller; the CHECK refuses what the caller forgets. */
export async function updateRefunds(
  transaction: Transaction,
  payment: Payment,
  change: { refunding: bigint; refunded: bigint },
): Promise<void> {
  transaction.writeRows(
    `update payments p set refunding = p.refunding + g.reserved, refunded = p.refunded + g.given_back
     from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[]) as g (tenant_id, id, reserved, given_back)
     where p.tenant_id = g.tenant_id and p.id = g.id`,
    [[payment.tenantId], [payment.id], [change.refunding], [change.refunded]],
    'update-payment-refunds',
  );
}
