import type { Answer, Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';

/** Sends a callback that means nothing to an address that was checked, so that a tenant can try its receiver out. */
export async function poke(core: Core, call: Call, url: string): Promise<Answer<{ id: string }>> {
  return runOnce(core, call, async (transaction) => {
    const id = core.ids.uuid();
    await recordEvents(core, transaction, [
      {
        tenantId: call.tenant.id,
        type: 'poke.sent',
        subject: { kind: 'poke', id, version: 1 },
        data: {},
        at: businessNow(core.clock, call.tenant),
        callback: { dialect: call.origin, url },
      },
    ]);
    return { id };
  });
}
