import { createHash } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import { insertSeals, lockUnsealed, type SealRow, selectLastSeal, selectUnsealedTenants } from './store.ts';

/** Postings sealed in one transaction: long enough to be cheap, short enough not to hold the lock. */
const batchSize = 500;

/** The hash before the first posting. */
const genesis = Buffer.alloc(32);

/**
 * Numbers and hashes the postings that have been committed since the last time, each over its content and the hash
 * before it, and moves them into the cached balances. Done after the fact, so that no posting waits for a chain or for
 * a balance row that every payment would share. Answers how many were sealed.
 */
export async function sealPostings(database: Database, at: Date, tenantId?: TenantId): Promise<number> {
  const tenants = tenantId === undefined ? await selectUnsealedTenants(database) : [tenantId];
  let sealed = 0;
  for (const tenant of tenants) sealed += await sealTenant(database, tenant, at);
  return sealed;
}

async function sealTenant(database: Database, tenantId: TenantId, at: Date): Promise<number> {
  return database.transaction(async (transaction) => {
    const postings = await lockUnsealed(transaction, tenantId, batchSize);
    if (postings.length === 0) return 0;
    let { sequence, hash } = (await selectLastSeal(transaction, tenantId)) ?? { sequence: 0n, hash: genesis };
    const seals: SealRow[] = postings.map((posting) => {
      sequence += 1n;
      hash = createHash('sha256').update(hash).update(posting.content).digest();
      return { sequence, transactionId: posting.id, hash };
    });
    await insertSeals(transaction, tenantId, seals, at);
    return seals.length;
  });
}
