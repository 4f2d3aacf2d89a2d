import type { Queryable } from '#db/database.ts';
import type { ClaimId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { selectHasKind, selectUploads } from './store.ts';
import type { Upload } from './upload.ts';

interface Claimed {
  readonly tenantId: TenantId;
  readonly id: ClaimId;
}

/** What was uploaded for a claim, oldest first. */
export async function listUploads(core: Pick<Core, 'database'>, claim: Claimed): Promise<Upload[]> {
  return selectUploads(core.database, claim.tenantId, claim.id);
}

export async function hasInvoice(queryable: Queryable, claim: Claimed): Promise<boolean> {
  return selectHasKind(queryable, claim.tenantId, claim.id, 'invoice');
}

export async function hasPrescription(queryable: Queryable, claim: Claimed): Promise<boolean> {
  return selectHasKind(queryable, claim.tenantId, claim.id, 'prescription');
}
