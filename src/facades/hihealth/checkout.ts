/** The payer's page: claim by a one-time code, upload what is asked for, confirm by card. A GET changes nothing. */
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ClaimVisit, findVisit } from '#core/claims/find-visit.ts';
import type { Core } from '#core/core.ts';
import { maxUploadBytes } from '#core/uploads/upload.ts';
import { CoreError } from '#kit/errors.ts';
import { contentSecurityPolicy } from '#web/checkout/csp.ts';
import { renderUnknown } from '#web/checkout/render-unknown.ts';
import { renderClaim } from '#web/hihealth/render-claim.ts';
import type { ClaimProblem } from '#web/hihealth/view.ts';
import { actions, type Step } from './checkout-actions.ts';
import { problemOf, toView } from './checkout-view.ts';
import { readToken } from './token.ts';

const path = '/hihealth/checkout';

/** Requests a minute from one address: far above any payer, far below any guesser. */
const requestsPerMinute = 600;

/** A form has a handful of short fields and one document. */
const formLimits = { fields: 10, fieldSize: 4_096, files: 1, fileSize: maxUploadBytes + 1, parts: 12 };

export interface PageMeans {
  readonly core: Core;
  readonly unlimited: boolean;
  readonly onInternalError: (error: Error, request: FastifyRequest) => void;
}

type CheckoutRequest = FastifyRequest<{ Querystring: { token?: string } }>;

/** Mounts the page. */
export async function registerPages(server: FastifyInstance, means: PageMeans): Promise<void> {
  const { core } = means;
  await server.register(async (scope) => {
    if (!means.unlimited) await scope.register(rateLimit, { max: requestsPerMinute, timeWindow: '1 minute' });
    await scope.register(multipart, { limits: formLimits });
    scope.setErrorHandler((error: Error, request, reply) => {
      const { statusCode } = error as { statusCode?: number };
      if (!(error instanceof CoreError) && statusCode === undefined) means.onInternalError(error, request);
      return sendUnknown(request, reply, statusCode ?? (error instanceof CoreError ? 400 : 500));
    });
    scope.get(path, (request: CheckoutRequest, reply) => show(core, request, reply));
    scope.post(path, { bodyLimit: 2 * maxUploadBytes }, (request: CheckoutRequest, reply) =>
      act(core, request, reply),
    );
  });
}

async function show(core: Core, request: CheckoutRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = await readVisit(core, request);
  return visit === undefined ? sendUnknown(request, reply, 404) : send(core, request, reply, { visit });
}

async function act(core: Core, request: CheckoutRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = await readVisit(core, request);
  if (visit === undefined) return sendUnknown(request, reply, 404);
  const fields: Record<string, string> = {};
  try {
    const taken = await readForm(core, visit, request, fields);
    const action = actions.get(fields.action ?? '') ?? stay;
    const step = taken ?? (await action(core, visit, fields));
    if ('redirect' in step) return reply.header('cache-control', 'no-store').redirect(step.redirect, 303);
    return await send(core, request, reply, step);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    const { action, contact } = fields;
    reply.code(problemStatuses[error.code] ?? 409);
    return send(core, request, reply, {
      visit: (await readVisit(core, request)) ?? visit,
      problem: problemOf(error, visit, action),
      ...(action === 'verify' && contact !== undefined ? { contact } : {}),
    });
  }
}

/** What no button of the page would send changes nothing. */
const stay = async (_core: Core, visit: ClaimVisit): Promise<Step> => ({ visit });

const problemStatuses: Readonly<Record<string, number>> = {
  validation_failed: 422,
  malformed_body: 422,
  body_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
};

async function readVisit(core: Core, request: CheckoutRequest): Promise<ClaimVisit | undefined> {
  const { token } = request.query;
  const id = typeof token === 'string' ? await readToken(core, token) : undefined;
  if (id === undefined || token === undefined) return undefined;
  const pageUrl = `${path}?token=${token}`;
  return findVisit(core, id, { pageUrl, session: cookieOf(request, id) });
}

/** Reads a form's fields. A document is taken in while the form is read, and what came of it answered. */
async function readForm(
  core: Core,
  visit: ClaimVisit,
  request: CheckoutRequest,
  fields: Record<string, string>,
): Promise<Step | undefined> {
  let step: Step | undefined;
  if (!request.isMultipart()) {
    for (const [name, value] of Object.entries(request.body ?? {})) fields[name] = String(value);
    return step;
  }
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value);
    else if (part.fieldname === 'document') step = await actions.upload(core, visit, fields, part.file);
    else part.file.resume();
  }
  return step;
}

async function send(
  core: Core,
  request: CheckoutRequest,
  reply: FastifyReply,
  step: Exclude<Step, { redirect: string }> & { readonly problem?: ClaimProblem },
): Promise<FastifyReply> {
  const { visit } = step;
  const view = toView(step, request.headers['accept-language']);
  if ('redirect' in view) return reply.header('cache-control', 'no-store').redirect(view.redirect, 303);
  if (step.newSession !== undefined)
    reply.header('set-cookie', cookie(core, visit.claim.id, step.newSession));
  const { successUrl, failureUrl, cancelUrl } = visit.claim;
  const origins = [successUrl, failureUrl, cancelUrl].map((url) => new URL(url).origin);
  const formActionOrigins = [...new Set([...origins, ...visit.pageOrigins])];
  return reply
    .header('content-security-policy', contentSecurityPolicy({ formActionOrigins }))
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(String(renderClaim(view)));
}

function sendUnknown(request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply {
  const language = (request.headers['accept-language'] ?? '').startsWith('de') ? 'de' : 'en';
  return reply
    .code(status)
    .header('content-security-policy', contentSecurityPolicy({ formActionOrigins: [] }))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(String(renderUnknown({ state: 'unknown-link', language })));
}

/** One cookie per payment, so that two open at once do not end each other. */
function cookie(core: Core, claimId: string, session: string): string {
  const secure = core.publicUrl.startsWith('https:') ? '; Secure' : '';
  return `claim-${claimId}=${session}; Path=${path}; Max-Age=7200; HttpOnly; SameSite=Lax${secure}`;
}

function cookieOf(request: FastifyRequest, claimId: string): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(/; */);
  const name = `claim-${claimId}=`;
  return cookies.find((one) => one.startsWith(name))?.slice(name.length);
}
