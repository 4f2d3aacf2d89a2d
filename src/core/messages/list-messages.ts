import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Message } from './message.ts';
import { selectMessages } from './store.ts';

/** What the tenant has sent, newest first, from a position on. */
export async function listMessages(
  core: Core,
  tenant: Tenant,
  limit: number,
  before?: { createdAt: Date; id: string },
): Promise<Message[]> {
  return selectMessages(core.database, tenant.id, { before: before ?? null, limit });
}
