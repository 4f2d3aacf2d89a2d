import type { Transaction } from '#db/database.ts';
import { insertOperations, type NewOperationRow } from './store.ts';

/** Writes intents into the transaction that reserves what they move. Nobody calls outward before it has committed. */
export async function intendOperations(
  transaction: Transaction,
  rows: readonly NewOperationRow[],
  at: Date,
): Promise<void> {
  if (rows.length > 0) await insertOperations(transaction, rows, at);
}
