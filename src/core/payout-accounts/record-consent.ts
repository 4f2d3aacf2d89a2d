import type { Queryable } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { insertConsent, selectConsent } from './store.ts';

export interface Consent {
  /** The payee, as orders name it: its NPI, else its tax number. */
  readonly payeeReference: string;
  readonly rail: 'virtual-card';
  /** What was agreed to, in the payee's words. */
  readonly text: string;
  readonly givenAt: Date;
}

/** Keeps a payee's consent. The first one stays; giving it again changes nothing. */
export async function recordConsent(core: Core, call: Call, consent: Consent): Promise<Answer<Consent>> {
  const { result, replayed } = await runOnce(core, call, async (transaction) => {
    const at = businessNow(core.clock, call.tenant);
    await insertConsent(transaction, call.tenant.id, consent, at);
    return {};
  });
  const kept = await selectConsent(core.database, call.tenant.id, consent.payeeReference, consent.rail);
  return { result: { ...consent, ...result, ...kept }, replayed };
}

/** Whether one of these names of a payee stands for a consent. */
export async function hasConsent(
  core: { readonly database: Queryable },
  tenantId: TenantId,
  payeeReferences: readonly string[],
): Promise<boolean> {
  for (const reference of payeeReferences)
    if ((await selectConsent(core.database, tenantId, reference, 'virtual-card')) !== undefined) return true;
  return false;
}
