/** The page on which a practice lets an application in: the authorization endpoint of RFC 6749, section 3.1. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '#core/core.ts';
import { findApplication } from '#core/grants/find-application.ts';
import { issueCode } from '#core/grants/issue-code.ts';
import type { Authenticator } from '#core/tenants/authenticate.ts';
import { findKeyHolder } from '#http/find-key-holder.ts';
import { contentSecurityPolicy } from '#web/checkout/csp.ts';
import type { Html } from '#web/checkout/html.ts';
import { renderConsent, renderUnasked } from '#web/consent/render-consent.ts';
import { authorizePath } from './auth.ts';
import { type Asked, misaskedOf, readAsked } from './read-asked.ts';

interface Means {
  readonly core: Core;
  readonly authenticator: Authenticator;
  readonly failures: { exceeded(address: string): boolean };
  readonly onInternalError: (error: Error, request: FastifyRequest) => void;
}

type Params = { provet_id: string };

/** Mounts the page. The key is typed into it each time: there is no session that another site could use. */
export async function registerPages(server: FastifyInstance, means: Means): Promise<void> {
  await server.register(async (scope) => {
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if ((error.statusCode ?? 500) >= 500) means.onInternalError(error, request);
      return sendPage(reply, renderUnasked(), error.statusCode ?? 500);
    });
    scope.get<{ Params: Params }>(authorizePath, (request, reply) =>
      ask(means, request, reply, request.query),
    );
    scope.post<{ Params: Params }>(authorizePath, (request, reply) => decide(means, request, reply));
  });
}

type ConsentRequest = FastifyRequest<{ Params: Params }>;

/** The application and where it may be sent back to; undefined where either is not registered with this practice. */
async function findAsker({ core }: Means, { params }: ConsentRequest, asked: Asked) {
  const application = await findApplication(core, 'provet-cloud', asked.client_id ?? '');
  const redirectUri = application?.redirectUris.find((uri) => uri === asked.redirect_uri);
  if (application === undefined || redirectUri === undefined) return undefined;
  return application.account === params.provet_id ? { application, redirectUri } : undefined;
}

async function ask(
  means: Means,
  request: ConsentRequest,
  reply: FastifyReply,
  given: unknown,
  wrongKey = false,
): Promise<FastifyReply> {
  const asked = readAsked(given);
  const asker = await findAsker(means, request, asked);
  if (asker === undefined) return sendPage(reply, renderUnasked(), 400);
  const error = misaskedOf(given, asked);
  if (error !== undefined) return sendBack(reply, asker.redirectUri, { error }, asked);
  const { application, redirectUri } = asker;
  const { origin, host } = new URL(redirectUri);
  // Browsers hold the redirect that follows the form against this policy, too.
  reply.header('content-security-policy', contentSecurityPolicy({ formActionOrigins: [origin] }));
  const page = renderConsent({
    application: application.label,
    practice: application.tenantName,
    host,
    pageUrl: authorizePath.replace(':provet_id', request.params.provet_id),
    asked,
    wrongKey,
  });
  return sendPage(reply, page, wrongKey ? 422 : 200);
}

async function decide(means: Means, request: ConsentRequest, reply: FastifyReply): Promise<FastifyReply> {
  // A browser says where a form came from; only our own page may answer.
  if ((request.headers['sec-fetch-site'] ?? 'same-origin') !== 'same-origin')
    return sendPage(reply, renderUnasked(), 403);
  const asked = readAsked(request.body);
  const asker = await findAsker(means, request, asked);
  if (asker === undefined) return sendPage(reply, renderUnasked(), 400);
  const { application, redirectUri } = asker;
  const error = misaskedOf(request.body, asked);
  if (error !== undefined) return sendBack(reply, redirectUri, { error }, asked);
  const { key = '', decision } = request.body as Readonly<Record<string, string>>;
  if (decision !== 'allow') return sendBack(reply, redirectUri, { error: 'access_denied' }, asked);
  const holder = await findKeyHolder(means.authenticator, String(key));
  if (holder?.id !== application.tenantId) {
    if (means.failures.exceeded(request.ip))
      return sendBack(reply, redirectUri, { error: 'temporarily_unavailable' }, asked);
    return ask(means, request, reply, request.body, true);
  }
  const { tenantId, credentialId } = application;
  const challenge = asked.code_challenge ?? '';
  const code = await issueCode(means.core, { tenantId, credentialId, redirectUri, challenge });
  return sendBack(reply, redirectUri, { code }, asked);
}

/** To a registered address only; what stands in its query already stays. */
function sendBack(
  reply: FastifyReply,
  redirectUri: string,
  answer: Readonly<Record<string, string>>,
  { state }: Asked,
): FastifyReply {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, ...(state === undefined ? {} : { state }) }))
    url.searchParams.append(name, value);
  return reply
    .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    .redirect(url.href, 303);
}

function sendPage(reply: FastifyReply, page: Html, status: number): FastifyReply {
  if (!reply.hasHeader('content-security-policy'))
    reply.header('content-security-policy', contentSecurityPolicy({ formActionOrigins: [] }));
  return reply
    .code(status)
    .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    .type('text/html; charset=utf-8')
    .send(String(page));
}
