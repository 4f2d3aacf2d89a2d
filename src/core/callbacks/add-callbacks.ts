import type { Transaction } from '#db/database.ts';
import type { Core } from '../core.ts';
import type { NewEvent } from '../events/event.ts';
import { insertCallbacks } from './store.ts';

export interface NewCallback {
  readonly eventId: string;
  readonly event: NewEvent;
  readonly dialect: string;
  readonly url: string;
}

/** Writes what the tenant is owed beside the events that owe it; the delivery task finds it once it is committed. */
export async function addCallbacks(
  core: Core,
  transaction: Transaction,
  callbacks: readonly NewCallback[],
): Promise<void> {
  if (callbacks.length === 0) return;
  await insertCallbacks(
    transaction,
    callbacks.map(({ eventId, event, dialect, url }) => ({
      id: core.ids.uuid(),
      tenantId: event.tenantId,
      eventId,
      dialect,
      url,
      subjectId: event.subject.id,
      subjectVersion: event.subject.version,
      at: event.at,
    })),
  );
}
