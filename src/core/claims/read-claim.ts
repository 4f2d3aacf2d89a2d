import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { type ClaimId, isUuid } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Claim } from './claim.ts';
import { selectClaim, selectClaimOfToken } from './store.ts';

/** One of the tenant's claims. An unknown id and another tenant's are the same `not_found`. */
export async function readClaim(
  core: { readonly database: Queryable },
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<Claim> {
  const claim = isUuid(id) ? await selectClaim(core.database, tenant.id, id as ClaimId) : undefined;
  if (claim === undefined) throw notFound('payment');
  return claim;
}

/** The claim a token we signed speaks of, if the token is still good. */
export async function findClaimOfToken(core: Core, id: ClaimId): Promise<Claim | undefined> {
  const claim = await selectClaimOfToken(core.database, id);
  return claim !== undefined && claim.tokenUntil > core.clock.now() ? claim : undefined;
}
