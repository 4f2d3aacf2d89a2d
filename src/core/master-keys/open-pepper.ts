import { randomBytes } from 'node:crypto';
import { deriveKey, type Keyring, keyIdOf, keyring } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { pepperColumn, sealedColumns } from './sealed-columns.ts';
import { insertPepper, selectAnySealed, selectHasCredentials, selectPepper } from './store.ts';

type Means = Pick<Core, 'database' | 'clock' | 'keyring'>;

const context = pepperColumn.contextOf({ name: 'pepper' });

/**
 * The key under which this installation digests what it only has to recognise. Made at the first start, sealed, and the
 * same ever after, whatever master key seals it. Undefined where none of the master keys opens it: the store was filled
 * under another.
 */
export async function openPepper(core: Means, masterKeys: readonly Buffer[]): Promise<Buffer | undefined> {
  const kept = await selectPepper(core.database);
  if (kept !== undefined) return tryOpen(core.keyring, kept, context);
  const made = await makePepper(core, masterKeys);
  if (made === undefined) return undefined;
  await insertPepper(core.database, core.keyring.seal(made, context), core.clock.now());
  const sealed = await selectPepper(core.database);
  return sealed === undefined ? undefined : tryOpen(core.keyring, sealed, context);
}

/** Random; but in a store from before there was a pepper of its own, what credentials were digested under. */
async function makePepper(core: Means, masterKeys: readonly Buffer[]): Promise<Buffer | undefined> {
  if (!(await selectHasCredentials(core.database))) return randomBytes(32);
  const key = await findFirstKey(core, masterKeys);
  return key === undefined ? undefined : deriveKey(key, 'credentials');
}

/** The master key under which a store was filled that has known one only. */
async function findFirstKey(core: Means, masterKeys: readonly Buffer[]): Promise<Buffer | undefined> {
  for (const column of sealedColumns.filter(({ more }) => more === undefined)) {
    const row = await selectAnySealed(core.database, column);
    if (row === undefined || row.sealed === null) continue;
    const { sealed, identity } = row;
    return masterKeys.find((key) => {
      const alone = keyring([{ id: keyIdOf(key), key }]);
      return tryOpen(alone, sealed, column.contextOf(identity)) !== undefined;
    });
  }
  return masterKeys[0];
}

function tryOpen(ring: Keyring, sealed: string, as: string): Buffer | undefined {
  try {
    return ring.open(sealed, as);
  } catch {
    return undefined;
  }
}
