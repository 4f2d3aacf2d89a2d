import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { PracticeKind, PracticeObject } from './practice.ts';
import { lockObject, selectObject } from './store.ts';

/** The object, locked until the transaction ends. */
export async function holdPracticeObject<Kind extends PracticeKind>(
  transaction: Transaction,
  tenantId: TenantId,
  kind: Kind,
  id: bigint,
): Promise<PracticeObject<Kind>> {
  await lockObject(transaction, tenantId, kind, id);
  const object = await selectObject(transaction, tenantId, kind, id);
  if (object === undefined) throw new Error(`${kind} ${id} is missing`);
  return object;
}
