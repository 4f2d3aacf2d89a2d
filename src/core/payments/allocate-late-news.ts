import type { Transaction } from '#db/database.ts';
import type { PaymentId, TenantId } from '#kit/ids.ts';
import { allocatePayment } from '../allocations/allocate-payment.ts';
import type { Core } from '../core.ts';
import { disburseOrder } from '../disbursements/disburse-order.ts';
import { holdOrder } from '../orders/hold-orders.ts';
import { isDivided } from '../orders/order.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { holdPayment } from './hold-payment.ts';

/**
 * Brings an order's division up to what was learned of one of its payments after it had seemed over: a charge that was
 * approved after all, or a refund. Whose money it is follows the split as it was; what was settled is settled on.
 * Before the split there is nothing to do. The caller holds the payment.
 */
export async function allocateLateNews(
  core: Core,
  transaction: Transaction,
  { tenantId, id }: { tenantId: TenantId; id: PaymentId },
  at: Date,
): Promise<void> {
  const payment = await holdPayment(transaction, tenantId, id);
  const order = await holdOrder(transaction, tenantId, payment.orderId);
  if (order === undefined || !isDivided(order.status)) return;
  const tenant = await readTenant({ database: transaction }, tenantId);
  await allocatePayment(core, transaction, { tenant, order, payment, at });
  if (order.status === 'settled') await disburseOrder(core, transaction, { tenant, order, at });
}
