import type { Core } from '../core.ts';
import { selectWrappedByOthers, updateKey } from './store.ts';
import { contextOf } from './upload.ts';

/** Keys wrapped anew in one go. */
const batchSize = 500;

/**
 * Wraps the keys of documents anew that an earlier master key of the ring wraps, and answers how many: after a rotation,
 * until none is left. The documents themselves stay as they are.
 */
export async function rewrapKeys(core: Pick<Core, 'database' | 'keyring'>): Promise<number> {
  const uploads = await selectWrappedByOthers(core.database, core.keyring.currentId, batchSize);
  for (const upload of uploads) {
    const context = contextOf(upload);
    await updateKey(
      core.database,
      upload,
      core.keyring.seal(core.keyring.open(upload.keySealed, context), context),
    );
  }
  return uploads.length;
}
