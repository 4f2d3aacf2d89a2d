import type { TenantId } from '#kit/ids.ts';
import { claimWarnings } from '../cards/claim-warnings.ts';
import type { Core } from '../core.ts';
import { notifyCustomer } from './notify-customer.ts';
import { selectLiveWithCard } from './store.ts';

/** Cards looked at in one transaction. */
const batchSize = 100;

/**
 * Tells holders whose card is in its last month and pays for a plan, once for each card, and answers how many cards it
 * looked at.
 */
export async function warnOfExpiry(core: Core, tenantId?: TenantId): Promise<number> {
  return core.database.transaction(async (transaction) => {
    const cards = await claimWarnings(core, transaction, batchSize, tenantId);
    for (const card of cards) {
      const [plan] = await selectLiveWithCard(transaction, card.tenantId, card.id);
      if (plan === undefined) continue;
      await notifyCustomer(core, transaction, plan, {
        subject: `Your card for ${plan.description} is about to expire`,
        text: `${plan.description}: your card ending in ${card.maskedNumber?.slice(-2) ?? ''} expires this month. Enter a new one`,
        key: `expiry:${card.id}`,
        at: core.clock.now(),
      });
    }
    return cards.length;
  });
}
