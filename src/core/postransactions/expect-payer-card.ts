import type { Transaction } from '#db/database.ts';
import type { CardId } from '#kit/ids.ts';
import { canKeepCards, expectCard } from '../cards/expect-card.ts';
import type { Call, Core } from '../core.ts';
import type { Link } from '../links/link.ts';
import type { CardUse } from '../payments/initiate-payments.ts';
import { takePayer } from '../practice/take-payer.ts';
import { selectClientOfLink } from './store.ts';

/**
 * Makes place for the card by which a link is about to be paid, where it is to be kept: `consent` is what its holder
 * read and agreed to. Undefined where the holder did not, or there is no processor that keeps cards: the link is paid
 * all the same.
 */
export async function expectPayerCard(
  core: Core,
  transaction: Transaction,
  call: Call,
  { link, method, consent }: { link: Link; method: string; consent: string | undefined },
): Promise<CardUse | undefined> {
  const isWanted = link.particulars.keepsCard !== undefined && method === 'card';
  if (!isWanted || consent === undefined || !canKeepCards(core, call.tenant)) return undefined;
  const clientId = await selectClientOfLink(transaction, link.tenantId, link.id);
  if (clientId === undefined) return undefined;
  const customerId = await takePayer(core, transaction, call, clientId);
  return expectCard(core, transaction, call, { id: core.ids.uuid() as CardId, customerId, consent });
}
