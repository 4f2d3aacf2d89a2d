import type { MerchantId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { createMerchant, type NewMerchant } from './create-merchant.ts';

/** Adds a merchant at a tenant's request, once for an idempotency key. */
export async function addMerchant(
  core: Core,
  call: Call,
  input: NewMerchant,
): Promise<Answer<{ merchantId: MerchantId }>> {
  return runOnce(core, call, async (transaction) => {
    const { id } = await createMerchant({ ...core, database: transaction }, call.tenant, input);
    return { merchantId: id };
  });
}
