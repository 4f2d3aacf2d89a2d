import type { Transaction } from '#db/database.ts';
import type { Core } from '../core.ts';
import { insertOperations, type NewOperationRow } from './store.ts';

/**
 * Writes intents into the transaction that reserves what they move. Nobody calls outward before it has committed; what
 * its writer does not send itself is sent then.
 */
export async function intendOperations(
  core: Pick<Core, 'work'>,
  transaction: Transaction,
  rows: readonly NewOperationRow[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await insertOperations(transaction, rows, at);
  if (rows.some(({ sentAt }) => sentAt === null))
    transaction.afterCommit(() => core.work.nudge('operations'));
}
