import type { Transaction } from '#db/database.ts';
import type { CardId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Finding, Operation } from '../operations/operation.ts';
import { expiryWarningAt } from './expiry.ts';
import { selectToken, updateStored } from './store.ts';

/**
 * Keeps the card of an operation by page that was approved, in the transaction that books it: the token sealed, so that
 * it opens only for this tenant and card. Answers whether there is a token: a processor may approve without giving one.
 */
export async function keepCard(
  core: Core,
  transaction: Transaction,
  operation: Operation,
  finding: Extract<Finding, { kind: 'approved' }>,
  at: Date,
): Promise<boolean> {
  const { tenantId, cardId } = operation;
  if (cardId === null || finding.token === undefined) return false;
  const tokenSealed = core.keyring.seal(Buffer.from(finding.token), contextOf(tenantId, cardId));
  const warnAt = finding.card === undefined ? null : expiryWarningAt(finding.card.expiry, at);
  await updateStored(transaction, tenantId, cardId, { details: finding.card, tokenSealed, at, warnAt });
  return true;
}

/** The processor's token of a card, opened for one charge; undefined where the card is not kept, or not any more. */
export async function openToken(
  core: Pick<Core, 'database' | 'keyring'>,
  tenantId: TenantId,
  cardId: CardId,
): Promise<string | undefined> {
  const sealed = await selectToken(core.database, tenantId, cardId);
  return sealed === null ? undefined : core.keyring.open(sealed, contextOf(tenantId, cardId)).toString();
}

/** What a card's token is sealed as. */
export function contextOf(tenantId: TenantId, cardId: CardId): string {
  return `card:${tenantId}:${cardId}`;
}
