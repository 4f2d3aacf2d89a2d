import { later } from '#kit/clock.ts';
import type { Core } from '../core.ts';
import { generatePair, keyLifeMs, overlapMs, type SigningKey, type SigningPurpose } from './signing-key.ts';
import { insertSigningKey, lockSigningKeys, selectSigningKeys } from './store.ts';

const purposes: readonly SigningPurpose[] = ['claim-token', 'claim-callback'];

type Means = Pick<Core, 'database' | 'clock' | 'ids' | 'keyring' | 'publicUrl'>;

/**
 * Makes the first signing keys, at the first start, and the successor of one that has signed long enough: it is published
 * a day before it signs. Answers how many were asked for; of several servers that make one at once, one makes it.
 */
export async function rotateSigningKeys(core: Means): Promise<number> {
  let made = 0;
  for (const purpose of purposes) {
    const [newest] = await selectSigningKeys(core.database, purpose);
    if (newest !== undefined && !isOld(newest, core.clock.now())) continue;
    await makeSigningKey(core, purpose);
    made += 1;
  }
  return made;
}

/** Makes the next key of a purpose, unless somebody else has just done so. */
export async function makeSigningKey(core: Means, purpose: SigningPurpose): Promise<void> {
  const id = core.ids.uuid();
  const now = core.clock.now();
  const serial = Buffer.from(id.replaceAll('-', ''), 'hex');
  const { privateKey, published } = await generatePair(purpose, {
    name: new URL(core.publicUrl).hostname,
    serial,
    at: now,
  });
  const privateKeySealed = core.keyring.seal(
    privateKey.export({ type: 'pkcs8', format: 'der' }),
    contextOf({ id, purpose }),
  );
  await core.database.transaction(async (transaction) => {
    await lockSigningKeys(transaction, purpose);
    const [newest] = await selectSigningKeys(transaction, purpose);
    if (newest !== undefined && !isOld(newest, now)) return;
    const activeAt = newest === undefined ? now : later(now, overlapMs);
    await insertSigningKey(transaction, {
      id,
      purpose,
      published,
      privateKeySealed,
      createdAt: now,
      activeAt,
    });
  });
}

function isOld({ activeAt }: SigningKey, wallNow: Date): boolean {
  return later(activeAt, keyLifeMs) <= wallNow;
}

/** What a private half is sealed as. */
export function contextOf({ id, purpose }: Pick<SigningKey, 'id' | 'purpose'>): string {
  return `signing-key:${purpose}:${id}`;
}
