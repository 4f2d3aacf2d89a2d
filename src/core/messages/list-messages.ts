import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Message } from './message.ts';
import { selectMessages } from './store.ts';

/** What the tenant has sent, newest first. */
export async function listMessages(core: Core, tenant: Tenant, limit: number): Promise<Message[]> {
  return selectMessages(core.database, tenant.id, limit);
}
