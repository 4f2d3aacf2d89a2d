import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { generateCallbackKey } from './callback-key.ts';

/** Makes a new key pair for the tenant's callbacks in the place of the one it has, once for an idempotency key. */
export async function renewCallbackKey(core: Core, call: Call): Promise<Answer<{ publicKey: string }>> {
  return runOnce(core, call, async (transaction) => ({
    publicKey: await generateCallbackKey({ ...core, database: transaction }, call.tenant.id),
  }));
}
