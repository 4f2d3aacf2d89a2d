import { notFound } from '#kit/errors.ts';
import { type AttachmentId, isUuid, type PaymentId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { contextOf } from './attach-papers.ts';
import type { Attachment } from './attachment.ts';
import { selectAttachment, selectAttachments } from './store.ts';

/** The tenant's papers, newest first, of one payment where it is named; without what they say. */
export async function listAttachments(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  page: { paymentId?: PaymentId; before?: { createdAt: Date; id: string }; limit: number },
): Promise<Attachment[]> {
  const { paymentId = null, before = null, limit } = page;
  return selectAttachments(core.database, tenant.id, { paymentId, before, limit });
}

/** One of the tenant's papers with its content. An unknown id and another tenant's are the same `not_found`. */
export async function readAttachment(
  core: Pick<Core, 'database' | 'keyring'>,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<Attachment & { readonly content: Buffer }> {
  const found = isUuid(id) ? await selectAttachment(core.database, tenant.id, id as AttachmentId) : undefined;
  if (found === undefined) throw notFound('document');
  const { contentSealed, ...attachment } = found;
  return { ...attachment, content: core.keyring.open(contentSealed, contextOf(attachment)) };
}
