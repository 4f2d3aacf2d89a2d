import type { Transaction } from '#db/database.ts';
import { readCards } from '../cards/read-cards.ts';
import type { Operation } from '../operations/operation.ts';
import type { Payment } from '../payments/payment.ts';
import { updateCard, updateCardOfAll } from './store.ts';

/** Has a plan, or all plans of its holder, paid from a card that was entered and found good for that. */
export async function adoptCard(
  transaction: Transaction,
  { subscriptionId }: Payment,
  { tenantId, cardId }: Operation,
): Promise<void> {
  if (cardId === null) return;
  const card = (await readCards(transaction, tenantId, [cardId])).get(cardId);
  if (card?.takesOver === 'all') await updateCardOfAll(transaction, tenantId, card.customerId, cardId);
  if (card?.takesOver === 'one' && subscriptionId !== null)
    await updateCard(transaction, tenantId, subscriptionId, cardId);
}
