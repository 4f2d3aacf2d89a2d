import type { Transaction } from '#db/database.ts';
import type { Core } from '../core.ts';
import type { NewMessage } from './message.ts';
import { insertMessage } from './store.ts';

/** Writes a message to be sent once the caller's transaction has committed. The same request key queues it once. */
export async function queueMessage(core: Core, transaction: Transaction, message: NewMessage): Promise<void> {
  await insertMessage(transaction, core.ids.uuid(), message);
  transaction.afterCommit(() => core.work.nudge('messages'));
}
