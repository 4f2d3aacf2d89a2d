import { notFound } from '#kit/errors.ts';
import { type CardId, isUuid } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireUnused } from '../subscriptions/require-unused.ts';
import { businessNow } from '../tenants/tenant.ts';
import { lockCard, updateDeleted } from './store.ts';

/**
 * Ends a card: it stays readable and cannot be charged any more. Deleting it again changes nothing. One that a plan is
 * paid from is `operation_forbidden`.
 */
export async function deleteCard(core: Core, call: Call, id: string): Promise<Answer<{ cardId: CardId }>> {
  return runOnce(core, call, async (transaction) => {
    const { tenant } = call;
    const card = isUuid(id) ? await lockCard(transaction, tenant.id, id as CardId) : undefined;
    if (card === undefined || card.storedAt === null) throw notFound('payment method');
    await requireUnused(transaction, tenant.id, card.id);
    await updateDeleted(transaction, tenant.id, card.id, businessNow(core.clock, tenant));
    return { cardId: card.id };
  });
}
