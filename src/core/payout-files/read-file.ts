import { notFound } from '#kit/errors.ts';
import type { Core } from '../core.ts';
import type { PayoutFileId } from '../payouts/payout.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { PayoutFile } from './file.ts';
import { selectFile } from './store.ts';

/** One of the tenant's files. */
export async function readPayoutFile(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  id: PayoutFileId,
): Promise<PayoutFile> {
  const file = await selectFile(core.database, tenant.id, id);
  if (file === undefined) throw notFound('document');
  return file;
}
