import type { Transaction } from '#db/database.ts';
import type { Core } from '../core.ts';
import type { NewEvent } from '../events/event.ts';
import { insertCallbacks } from './store.ts';

export interface NewCallback {
  readonly eventId: string;
  readonly event: NewEvent;
  readonly dialect: string;
  readonly url: string;
  /** Who subscribed to it, where somebody did; what an open circuit keeps from it is given up at once. */
  readonly subscription?: { readonly id: string; readonly isOpen: boolean };
}

/** Writes what the tenant is owed beside the events that owe it, to be delivered once they are committed. */
export async function addCallbacks(
  core: Core,
  transaction: Transaction,
  callbacks: readonly NewCallback[],
): Promise<void> {
  if (callbacks.length === 0) return;
  await insertCallbacks(
    transaction,
    callbacks.map(({ eventId, event, dialect, url, subscription }) => ({
      id: core.ids.uuid(),
      tenantId: event.tenantId,
      eventId,
      dialect,
      url,
      subjectId: event.subject.id,
      subjectVersion: event.subject.version,
      subscriptionId: subscription?.id ?? null,
      isMissed: subscription?.isOpen ?? false,
      at: event.at,
    })),
  );
  transaction.afterCommit(() => core.work.nudge('callbacks'));
}
