import type { Queryable } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { CardId, TenantId } from '#kit/ids.ts';
import { selectLiveWithCard } from './store.ts';

/** Refuses, as `operation_forbidden`, to let go of a card while a plan that is not over is paid from it. */
export async function requireUnused(queryable: Queryable, tenantId: TenantId, cardId: CardId): Promise<void> {
  if ((await selectLiveWithCard(queryable, tenantId, cardId)).length === 0) return;
  throw new CoreError(
    'operation_forbidden',
    'A subscription is paid from this card: give it another one first.',
  );
}
