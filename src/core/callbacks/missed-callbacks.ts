import type { Transaction } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { type EventId, isUuid, type TenantId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import type { StoredEvent } from '../events/event.ts';
import { readEvent } from '../events/read-event.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { Callback } from './callback.ts';
import { selectMissed, updateAcknowledged, updateDropped, updateMissed } from './missed/store.ts';

/** What is told of at once; those that are acknowledged make room for the next. */
const maxMissed = 200;

/** Whose callbacks: a subscription's. */
interface Owner {
  readonly tenantId: TenantId;
  readonly id: string;
}

/** What a subscriber missed and has not acknowledged, oldest first, at most two hundred, each with its event. */
export async function listMissed(
  core: Core,
  owner: Owner,
): Promise<{ readonly callback: Callback; readonly event: StoredEvent }[]> {
  const callbacks = await selectMissed(core.database, owner, maxMissed);
  return Promise.all(
    callbacks.map(async (callback) => ({
      callback,
      event: await readEvent(core, callback.tenantId, callback.eventId),
    })),
  );
}

/** Takes an event off the list of what was missed. One that is not on it is `not_found`. */
export async function acknowledgeMissed(
  core: Core,
  call: Call,
  { owner, eventId }: { readonly owner: Owner; readonly eventId: string },
): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const at = businessNow(core.clock, call.tenant);
    const found = isUuid(eventId) && (await updateAcknowledged(transaction, owner, eventId as EventId, at));
    if (!found) throw notFound('missed event');
    return {};
  });
}

/** Makes due again what a subscriber missed and has not acknowledged. */
export async function resendMissed(transaction: Transaction, owner: Owner, at: Date): Promise<void> {
  await updateMissed(transaction, owner, at);
}

/** Gives up what a subscriber is owed still. */
export async function dropMissed(transaction: Transaction, owner: Owner): Promise<void> {
  await updateDropped(transaction, owner);
}
