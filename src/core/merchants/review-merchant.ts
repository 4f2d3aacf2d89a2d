import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type MerchantId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { businessNow } from '../tenants/tenant.ts';
import { type MerchantStatus, merchantTransitions } from './merchant.ts';
import { lockMerchant, updateStatus } from './store.ts';

/**
 * Writes down what came of looking into a merchant, and tells the tenant where it asked to be told. The status it has
 * already is a success that changes nothing; one that cannot follow is `operation_forbidden`.
 */
export async function reviewMerchant(
  core: Core,
  call: Call,
  review: { merchantId: string; status: MerchantStatus },
): Promise<Answer<{ merchantId: MerchantId }>> {
  return runOnce(core, call, async (transaction) => {
    const merchant = isUuid(review.merchantId)
      ? await lockMerchant(transaction, call.tenant.id, review.merchantId as MerchantId)
      : undefined;
    if (merchant === undefined) throw notFound('merchant');
    if (merchant.status === review.status) return { merchantId: merchant.id };
    const allowed: readonly MerchantStatus[] = merchantTransitions[merchant.status];
    if (!allowed.includes(review.status))
      throw new CoreError('operation_forbidden', `The merchant is ${merchant.status}.`);
    const moved = await updateStatus(transaction, merchant, review.status);
    if (moved === undefined) throw new Error(`merchant ${merchant.id} changed while it was held`);
    const tenant = await readTenant({ database: transaction }, call.tenant.id);
    const { dialect, merchantStatus: url } = tenant.settings.callbackUrls ?? {};
    await recordEvents(core, transaction, [
      {
        tenantId: moved.tenantId,
        type: `merchant.${moved.status}`,
        subject: { kind: 'merchant', id: moved.id, version: moved.version },
        data: { merchantId: moved.id, status: moved.status },
        at: businessNow(core.clock, tenant),
        ...(dialect === undefined || url === undefined ? {} : { callback: { dialect, url } }),
      },
    ]);
    return { merchantId: moved.id };
  });
}
