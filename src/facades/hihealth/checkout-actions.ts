/** What each button of the payer's page does. What is refused is a CoreError, which the page shows. */
import { cancelClaim } from '#core/claims/cancel-claim.ts';
import { confirmClaim } from '#core/claims/confirm-claim.ts';
import { type ClaimVisit, visitAgain } from '#core/claims/find-visit.ts';
import { readContact, sendCode } from '#core/claims/send-code.ts';
import { isSessionOf, verifyCode } from '#core/claims/verify-code.ts';
import type { Core } from '#core/core.ts';
import { addUpload } from '#core/uploads/add-upload.ts';
import { CoreError } from '#kit/errors.ts';
import { pageOf } from './checkout-view.ts';

/** Where the payer stands after a button: on the page again, or somewhere else. */
export type Step =
  | { readonly visit: ClaimVisit; readonly contact?: string; readonly newSession?: string }
  | { readonly redirect: string };

type Fields = Readonly<Record<string, string>>;
type Action = (core: Core, visit: ClaimVisit, fields: Fields) => Promise<Step>;

async function claim(core: Core, visit: ClaimVisit, { contact = '' }: Fields): Promise<Step> {
  await sendCode(core, visit.tenant, visit.claim, readContact(visit.tenant, contact));
  return { visit, contact };
}

async function verify(core: Core, visit: ClaimVisit, { contact = '', code = '' }: Fields): Promise<Step> {
  const read = readContact(visit.tenant, contact);
  const session = await verifyCode(core, visit.tenant, visit.claim, { contact: read, code });
  return { visit: await visitAgain(core, visit, session), newSession: session };
}

async function upload(
  core: Core,
  visit: ClaimVisit,
  fields: Fields,
  content: AsyncIterable<Buffer>,
): Promise<Step> {
  const session = requireSession(core, visit, fields);
  const { claim, tenant } = visit;
  const call = { tenant, origin: claim.origin };
  await addUpload(core, call, { claimId: claim.id, kind: 'prescription', uploadedBy: 'payer', content });
  return { visit: await visitAgain(core, visit, session) };
}

async function confirm(core: Core, visit: ClaimVisit, fields: Fields): Promise<Step> {
  const session = requireSession(core, visit, fields);
  await confirmClaim(core, visit.tenant, visit.claim, `${core.publicUrl}${visit.pageUrl}`);
  const after = await visitAgain(core, visit, session);
  const page = pageOf(after);
  return page === undefined ? { visit: after } : { redirect: page };
}

/** Whoever has the token may drop what nobody has claimed; then it is its payer's alone. */
async function cancel(core: Core, visit: ClaimVisit, fields: Fields): Promise<Step> {
  if (visit.claim.status !== 'initial') requireSession(core, visit, fields);
  await cancelClaim(core, visit.tenant, visit.claim);
  const { failureUrl, cancelUrl } = visit.claim;
  return { redirect: visit.attempt?.payment.status === 'declined' ? failureUrl : cancelUrl };
}

/** The session of the cookie, or of the form where the browser keeps none. */
function requireSession(core: Core, visit: ClaimVisit, { session }: Fields): string {
  if (visit.session !== undefined) return visit.session;
  if (session !== undefined && isSessionOf(core, visit.claim, session)) return session;
  throw new CoreError('unauthorised', 'Show first that it is you.');
}

const table = { claim, verify, confirm, cancel } as const satisfies Record<string, Action>;

export const actions = {
  get: (name: string): Action | undefined => new Map<string, Action>(Object.entries(table)).get(name),
  upload,
};
