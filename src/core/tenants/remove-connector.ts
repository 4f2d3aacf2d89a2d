import { notFound } from '#kit/errors.ts';
import type { Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireNoneOpen } from '../operations/require-none-open.ts';
import { requireNoneHeld } from '../payments/require-none-held.ts';
import { holdTenantWhole } from './read-tenant.ts';
import { deleteConnectorAccount, updateTenant } from './store.ts';
import { haveServe } from './tenant.ts';

/**
 * Forgets a tenant's account at a processor and has it serve nothing. Doing it again changes nothing. Refused as
 * `operation_forbidden` while operations are open there, because nobody could ask what became of them, or money is held.
 */
export async function removeConnector(core: Core, call: Call, connector: string): Promise<void> {
  if (!core.processors.list().some(({ name }) => name === connector)) throw notFound('connector');
  await runOnce(core, call, async (transaction) => {
    const tenant = await holdTenantWhole(transaction, call.tenant.id);
    await requireNoneOpen(transaction, tenant.id, connector);
    await requireNoneHeld(transaction, tenant.id, connector);
    await deleteConnectorAccount(transaction, tenant.id, connector);
    const settings = haveServe(tenant.settings, connector, []);
    await updateTenant(transaction, { ...tenant, settings });
    return {};
  });
}
