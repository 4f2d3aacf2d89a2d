import type { Transaction } from '#db/database.ts';
import type { CardId, OperationId, PaymentId } from '#kit/ids.ts';
import { formatDecimal, money } from '#kit/money.ts';
import { expectCard } from '../cards/expect-card.ts';
import type { Call, Core } from '../core.ts';
import { beginCharges, type NewCharge } from './begin-charges.ts';
import type { Subscription } from './subscription.ts';

/** Where the payer goes from the processor's page; the card's id is the same whatever comes of it. */
export type ReturnUrls = (
  subscription: Subscription,
  cardId: CardId,
) => Exclude<NewCharge['urls'], undefined>;

/** Writes the intent to enrol a plan by a new card, in the transaction that holds the plan. Answers the operation. */
export async function beginEnrolment(
  core: Core,
  transaction: Transaction,
  call: Call,
  subscription: Subscription,
  urls: ReturnUrls,
): Promise<OperationId> {
  const cardId = core.ids.uuid() as CardId;
  const made = { paymentId: core.ids.uuid() as PaymentId, operationId: core.ids.uuid() as OperationId };
  const card = await expectCard(core, transaction, call, {
    id: cardId,
    customerId: subscription.customerId,
    consent: consentTo(subscription),
  });
  const [refusal] = await beginCharges(core, transaction, [
    { call, subscription, card, made, urls: urls(subscription, cardId) },
  ]);
  if (refusal !== undefined) throw refusal;
  return made.operationId;
}

/** What the holder agrees to by entering a card for a plan. */
export function consentTo({ description, amount, currency, every }: Subscription): string {
  return `${description}: ${formatDecimal(money(amount, currency))} ${currency} ${every}, until it ends or is cancelled`;
}
