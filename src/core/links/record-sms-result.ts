import type { LinkId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { SmsStatus } from './link.ts';
import { updateDistribution } from './store.ts';

/** Keeps on the link what is known of its latest SMS. */
export async function recordSmsResult(
  core: Core,
  tenantId: TenantId,
  linkId: LinkId,
  status: SmsStatus,
): Promise<void> {
  await updateDistribution(core.database, tenantId, linkId, { smsStatus: status, byEmail: false });
}
