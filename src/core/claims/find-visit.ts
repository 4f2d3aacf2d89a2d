import type { ClaimId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { type PaymentRecord, readLatestOfClaim, readPayment } from '../payments/read-payment.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { hasPrescription } from '../uploads/list-uploads.ts';
import type { Claim } from './claim.ts';
import { findClaimOfToken } from './read-claim.ts';
import { isSessionOf } from './verify-code.ts';

/** A visitor of a claim's page: what there is, and who they have shown to be. */
export interface ClaimVisit {
  readonly claim: Claim;
  readonly tenant: Tenant;
  /** The page itself: a path of this site. */
  readonly pageUrl: string;
  /** Given only where it is the session of the person who claimed it. */
  readonly session: string | undefined;
  readonly hasPrescription: boolean;
  /** The attempt to pay that is under way, else the latest. */
  readonly attempt: PaymentRecord | undefined;
  /** Origins the payer may be sent to by the card processor. */
  readonly pageOrigins: readonly string[];
}

/** What a visitor with a token finds; undefined where the token is no longer good. Reads only. */
export async function findVisit(
  core: Core,
  id: ClaimId,
  { pageUrl, session }: { pageUrl: string; session: string | undefined },
): Promise<ClaimVisit | undefined> {
  const claim = await findClaimOfToken(core, id);
  if (claim === undefined) return undefined;
  const tenant = await readTenant(core, claim.tenantId);
  const connector = tenant.settings.connectors.card;
  return {
    claim,
    tenant,
    pageUrl,
    session: isSessionOf(core, claim, session) ? session : undefined,
    hasPrescription: await hasPrescription(core.database, claim),
    attempt: await readAttempt(core, claim),
    pageOrigins: connector === undefined ? [] : await core.processors.pageOrigins(tenant.id, connector),
  };
}

async function readAttempt(core: Core, claim: Claim): Promise<PaymentRecord | undefined> {
  const { tenantId, id, activePaymentId } = claim;
  if (activePaymentId !== null) return readPayment(core, { id: tenantId }, activePaymentId);
  return readLatestOfClaim(core, tenantId, id);
}

/** The same visit after something was done. */
export async function visitAgain(
  core: Core,
  visit: ClaimVisit,
  session = visit.session,
): Promise<ClaimVisit> {
  return (await findVisit(core, visit.claim.id, { pageUrl: visit.pageUrl, session })) ?? visit;
}
