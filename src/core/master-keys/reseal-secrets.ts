import type { Core } from '../core.ts';
import { pepperColumn, type SealedColumn, sealedColumns } from './sealed-columns.ts';
import { type SealedRow, selectSealed, updateSealed } from './store.ts';

/** What became of one column. */
export interface Resealed {
  readonly name: string;
  /** Values sealed anew. */
  readonly resealed: number;
  /** Values that no key of the ring opens; they stay as they are. */
  readonly unopened: number;
}

type Means = Pick<Core, 'database' | 'keyring'>;

/**
 * Seals everything with the first key of the ring that another of its keys has sealed, while servers run: in batches, each
 * its own transaction, so that it may be stopped anywhere and started again. The pepper comes last, and only where nothing
 * was left: as long as the new key does not open everything, a start with it alone is refused.
 */
export async function resealSecrets(core: Means): Promise<readonly Resealed[]> {
  const done: Resealed[] = [];
  for (const column of sealedColumns) done.push(await resealColumn(core, column));
  if (done.every(({ unopened }) => unopened === 0)) done.push(await resealColumn(core, pepperColumn));
  return done;
}

async function resealColumn(core: Means, column: SealedColumn): Promise<Resealed> {
  let resealed = 0;
  let unopened = 0;
  let after: SealedRow | undefined;
  for (;;) {
    const rows = await selectSealed(core.database, column, { currentId: core.keyring.currentId, after });
    const waiting = rows.filter(({ sealed }) => sealed !== null);
    const opened = waiting.flatMap((row) => reseal(core, column, row));
    unopened += waiting.length - opened.length;
    if (opened.length > 0)
      resealed += await core.database.transaction((transaction) => updateSealed(transaction, column, opened));
    if (rows.length < column.batch) return { name: `${column.table}.${column.column}`, resealed, unopened };
    after = rows.at(-1);
  }
}

function reseal({ keyring }: Means, column: SealedColumn, row: SealedRow) {
  const context = column.contextOf(row.identity);
  try {
    return [{ row, resealed: keyring.seal(keyring.open(row.sealed ?? '', context), context) }];
  } catch {
    return [];
  }
}
