import type { Transaction } from '#db/database.ts';
import type { Call, Core } from '../core.ts';
import { linkMethod } from './practice.ts';
import { writeObjects } from './write-objects.ts';

/**
 * Keeps the way to pay that payment links are. Every import begins with it, and so waits for its row: one import of a
 * tenant is written at a time, in whatever order each has its objects.
 */
export async function keepLinkMethod(core: Core, transaction: Transaction, call: Call): Promise<void> {
  const row = { externalId: linkMethod, fields: { name: 'Provet Pay' }, references: {}, place: linkMethod };
  await writeObjects(core, transaction, call, 'paymentmethod', [row]);
}
