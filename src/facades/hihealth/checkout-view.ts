/** From where a payer stands to what the page shows. Pure. */
import type { ClaimStatus } from '#core/claims/claim.ts';
import type { ClaimVisit } from '#core/claims/find-visit.ts';
import type { CoreError } from '#kit/errors.ts';
import { money } from '#kit/money.ts';
import type { ClaimProblem, ClaimStage, ClaimView } from '#web/hihealth/view.ts';

interface Shown {
  readonly visit: ClaimVisit;
  readonly contact?: string;
  readonly problem?: ClaimProblem;
}

/** Statuses in which the payer has nothing more to do here. */
const done: ReadonlySet<ClaimStatus> = new Set<ClaimStatus>(['authorised', 'pending', 'settled']);

/** The page, or the shop's address exactly as it was stored where the payer is through. */
export function toView(shown: Shown, acceptLanguage = ''): ClaimView | { redirect: string } {
  const { visit, problem } = shown;
  const { claim, tenant, pageUrl } = visit;
  if (done.has(claim.status)) return { redirect: claim.successUrl };
  const told = problem ?? declinedBefore(shown);
  return {
    language: acceptLanguage.startsWith('de') ? 'de' : 'en',
    seller: tenant.name,
    testMode: tenant.mode === 'test',
    total: money(claim.amount, claim.currency),
    reference: claim.reference,
    pageUrl,
    ...(told === undefined ? {} : { problem: told }),
    ...toStage(shown),
  };
}

function toStage({ visit, contact }: Shown): ClaimStage {
  const { claim, session } = visit;
  if (claim.status === 'cancelled') return { stage: 'cancelled', returnTo: claim.cancelUrl };
  if (claim.status === 'denied') return { stage: 'denied', returnTo: claim.failureUrl };
  if (session === undefined)
    return contact === undefined ? { stage: 'identify' } : { stage: 'code', contact };
  if (claim.activePaymentId !== null) {
    const continueUrl = pageOf(visit);
    return continueUrl === undefined ? { stage: 'waiting' } : { stage: 'waiting', continueUrl };
  }
  return {
    stage: 'review',
    session,
    onlyHolds: claim.capture === 'later',
    ...(claim.prescriptionRequired
      ? { prescription: visit.hasPrescription ? ('uploaded' as const) : ('missing' as const) }
      : {}),
  };
}

/** The processor's page, where the attempt under way has one. */
export function pageOf({ attempt, claim }: ClaimVisit): string | undefined {
  if (attempt === undefined || claim.activePaymentId !== attempt.payment.id) return undefined;
  return attempt.operations.find(({ status }) => status === 'awaiting-payer')?.pageUrl ?? undefined;
}

function declinedBefore({ visit, contact }: Shown): ClaimProblem | undefined {
  if (visit.session === undefined || contact !== undefined) return undefined;
  return visit.attempt?.payment.status === 'declined' ? 'declined' : undefined;
}

/** What a refusal of a button is called on the page. */
export function problemOf(
  error: CoreError,
  { claim, hasPrescription }: ClaimVisit,
  action = '',
): ClaimProblem {
  switch (error.code) {
    case 'validation_failed':
      return 'contact';
    case 'rate_limited':
      return 'too-many-codes';
    case 'body_too_large':
      return 'too-large';
    case 'unsupported_media_type':
    case 'malformed_body':
      return 'not-a-pdf';
    default:
      if (action === 'confirm' && claim.prescriptionRequired && !hasPrescription) return 'no-prescription';
      return refusals.get(action) ?? 'unavailable';
  }
}

/** What it mostly is that a button is refused for. */
const refusals: ReadonlyMap<string, ClaimProblem> = new Map([
  ['claim', 'claimed-by-another'],
  ['verify', 'code'],
]);
