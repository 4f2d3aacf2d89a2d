import type { Transaction } from '#db/database.ts';
import type { Answer, Call, Core } from '../core.ts';
import { claimKey, keepResult } from './claim-keys.ts';

/**
 * Does `effect` in one transaction together with the caller's idempotency key: both are kept or neither. A repeated
 * key answers what the first one answered and does nothing. Errors thrown by `effect` leave the key unused.
 */
export async function runOnce<Result>(
  core: Core,
  call: Call,
  effect: (transaction: Transaction) => Promise<Result>,
): Promise<Answer<Result>> {
  return core.database.transaction(async (transaction) => {
    const claim = await claimKey(core, transaction, { call });
    if (claim.kind === 'refused') throw claim.error;
    if (claim.kind === 'replay') return { result: claim.result as Result, replayed: true };
    const result = await effect(transaction);
    await keepResult(transaction, call, result);
    return { result, replayed: false };
  });
}
