import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { CardId, CustomerId } from '#kit/ids.ts';
import type { Call, Core } from '../core.ts';
import type { CardUse } from '../payments/initiate-payments.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import type { TakesOver } from './card.ts';
import { insertCard } from './store.ts';

/** Whether the tenant's processor for cards can keep them. */
export function canKeepCards(core: Core, { settings }: Pick<Tenant, 'settings'>): boolean {
  const described = core.processors.list().find(({ name }) => name === settings.connectors.card);
  return described?.capabilities.has('store-card') === true;
}

/**
 * Makes place for a card that its holder is about to enter on the processor's page, with what entering it agrees to.
 * Refused, as `operation_forbidden`, where the tenant's processor for cards cannot keep them.
 */
export async function expectCard(
  core: Core,
  transaction: Transaction,
  call: Call,
  card: { id: CardId; customerId: CustomerId; consent: string; takesOver?: TakesOver },
): Promise<CardUse> {
  const connector = call.tenant.settings.connectors.card;
  if (connector === undefined || !canKeepCards(core, call.tenant))
    throw new CoreError('operation_forbidden', 'No processor that keeps cards is set up.');
  await insertCard(transaction, {
    takesOver: null,
    ...card,
    tenantId: call.tenant.id,
    connector,
    createdAt: businessNow(core.clock, call.tenant),
  });
  return { id: card.id, connector, byPage: true };
}
