import type { Core } from '../core.ts';
import type { EventSubscription } from './event-subscription.ts';
import { selectKey } from './store.ts';

type Owner = Pick<EventSubscription, 'tenantId' | 'id'>;

/** Seals a subscriber's key so that it opens for this subscription alone. */
export function sealSubscriptionKey(core: Pick<Core, 'keyring'>, owner: Owner, key: string): string {
  return core.keyring.seal(Buffer.from(key), contextOf(owner));
}

/** The key of a subscription that is not over, opened for one signature. */
export async function openSubscriptionKey(
  core: Pick<Core, 'database' | 'keyring'>,
  owner: Owner,
): Promise<string | undefined> {
  const sealed = await selectKey(core.database, owner);
  return sealed === undefined ? undefined : core.keyring.open(sealed, contextOf(owner)).toString();
}

/** What a key is sealed as. */
export function contextOf({ tenantId, id }: Owner): string {
  return `event-subscription:${tenantId}:${id}`;
}
