import type { Transaction } from '#db/database.ts';
import type { Payment } from '../payment.ts';

/** Reserves, books or releases refunds. The row is locked by the caller; the CHECK refuses what the caller forgets. */
export async function updateRefunds(
  transaction: Transaction,
  payment: Payment,
  change: { refunding: bigint; refunded: bigint },
): Promise<void> {
  transaction.write(
    'update payments set refunding = refunding + $3, refunded = refunded + $4 where tenant_id = $1 and id = $2',
    [payment.tenantId, payment.id, change.refunding, change.refunded],
  );
}
