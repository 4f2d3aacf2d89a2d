import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Batched } from '#core/batched.ts';
import type { Call, Core } from '#core/core.ts';
import type { Authenticator, Caller } from '#core/tenants/authenticate.ts';
import { CoreError, type ErrorCode } from '#kit/errors.ts';
import { facadeDescription } from './describe-facade.ts';
import type { ErrorAnswer, Facade, Headers, Route } from './facade.ts';
import type { failureLimit } from './failures.ts';
import { readIdempotency } from './idempotency.ts';
import { isStreamed, requireMediaType, streamedTypes } from './media-types.ts';
import { methodsByPath } from './methods-by-path.ts';
import { limitOf, rateOf } from './rates.ts';
import { readProblems } from './read-problems.ts';
import { plaintextRefusal, refusePrefetch } from './refuse-connection.ts';
import { routeSchema } from './route-schema.ts';

export interface FacadeMeans {
  readonly core: Core;
  readonly batched: Batched;
  readonly authenticator: Authenticator;
  readonly failures: ReturnType<typeof failureLimit>;
  readonly onInternalError: (error: Error, request: FastifyRequest) => void;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose credentials the request carried; set before anything else looks at it. */
    tenant?: Caller;
    facade?: string;
    /** The headers that came once; read when they are first asked for. */
    single?: Headers;
  }
  interface FastifyContextConfig {
    exactNumbers?: boolean;
  }
}

/** Mounts a façade at every prefix it has: its table, its errors, and its OpenAPI document at `<prefix>/openapi.json`. */
export async function registerFacade(
  server: FastifyInstance,
  facade: Facade,
  means: FacadeMeans,
): Promise<void> {
  for (const prefix of [facade.prefix, ...(facade.alsoAt ?? [])])
    await mount(server, { ...facade, prefix }, means);
}

async function mount(server: FastifyInstance, facade: Facade, means: FacadeMeans): Promise<void> {
  await server.register(
    async (scope) => {
      await scope.register(rateLimit, limitOf(facade));
      // Forms are for the checkout: here a body is JSON, whatever a form's fields would pass for.
      scope.removeContentTypeParser('application/x-www-form-urlencoded');
      const streamed = streamedTypes(facade);
      for (const type of streamed)
        scope.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
      scope.setErrorHandler((error: Error, request, reply) =>
        answerError(facade, means, error, request, reply),
      );
      const allowedAt = methodsByPath(facade);
      scope.setNotFoundHandler((request, reply) => {
        const slashed = facade.trailingSlash === undefined ? undefined : withSlash(request.url);
        if (slashed !== undefined && allowedAt(slashed).length > 0) return reply.redirect(slashed, 301);
        const allowed = allowedAt(request.url);
        if (allowed.length > 0) reply.header('allow', allowed.join(', '));
        return answerError(facade, means, missing(request, allowed), request, reply);
      });
      scope.get('/openapi.json', facadeDescription(facade));
      for (const route of facade.routes) addRoute(scope, { facade, route, streamed }, means);
    },
    { prefix: facade.prefix },
  );
}

/** The address with a slash at the end of its path; undefined where there is one. */
function withSlash(url: string): string | undefined {
  const [path = '', ...query] = url.split('?');
  return path.endsWith('/') ? undefined : [`${path}/`, ...query].join('?');
}

interface Mounted {
  readonly facade: Facade;
  readonly route: Route;
  /** The media types that some route of the façade takes as a stream. */
  readonly streamed: ReadonlySet<string>;
}

function addRoute(scope: FastifyInstance, { facade, route, streamed }: Mounted, means: FacadeMeans): void {
  const requireRate = rateOf(route, means.core);
  scope.route({
    method: route.method,
    url: route.path,
    config: { exactNumbers: facade.exactNumbers === true },
    schema: routeSchema(route),
    ...(route.maxBodyBytes === undefined ? {} : { bodyLimit: route.maxBodyBytes }),
    ...(route.movesMoney === undefined ? {} : { exposeHeadRoute: false }),
    onRequest: async (request, reply) => {
      request.facade = facade.name;
      const refusal = plaintextRefusal(facade, means.core, request);
      if (refusal !== undefined) return sendError(refusal, reply);
      if (route.movesMoney !== undefined) {
        reply.header('cache-control', 'no-store');
        refusePrefetch(request);
      }
      if (route.access !== 'public') await authenticate(facade, route, means, request);
      requireMediaType(streamed, route, request.headers);
    },
    preValidation: async (request) => {
      if (route.identify !== undefined && request.tenant === undefined)
        request.tenant = await identify(route, means, request);
      requireRate(request);
    },
    ...(route.identify === undefined
      ? {}
      : { errorHandler: (error, request, reply) => answerStranger(facade, means, error, request, reply) }),
    handler: (request, reply) => handle(facade, route, means, request, reply),
  });
}

async function identify(route: Route, means: FacadeMeans, request: FastifyRequest): Promise<Caller> {
  const caller = await route.identify?.(headersOf(request), request.body, means.core);
  return caller ?? refuse(means, request);
}

function refuse(means: FacadeMeans, request: FastifyRequest): never {
  if (means.failures.exceeded(request.ip))
    throw new CoreError('rate_limited', 'Too many wrong credentials; try again in a minute.');
  throw new CoreError('unauthorised', 'The credentials are missing or wrong.');
}

async function authenticate(
  facade: Facade,
  route: Route,
  means: FacadeMeans,
  request: FastifyRequest,
): Promise<void> {
  const tenant = await facade.authenticate(headersOf(request), means.authenticator);
  if (tenant !== undefined) request.tenant = tenant;
  else if (route.identify === undefined) refuse(means, request);
}

async function handle(
  facade: Facade,
  route: Route,
  means: FacadeMeans,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const headers = headersOf(request);
  const { params, query, body, tenant } = request;
  const idempotency = readIdempotency({
    method: route.method,
    route: `${facade.name} ${route.path}`,
    key: headers['idempotency-key'],
    params,
    query,
    body: isStreamed(route, request.headers) ? null : body,
    movesMoney: route.movesMoney,
  });
  const { account, credentialId } = tenant ?? {};
  const call = {
    tenant,
    origin: facade.name,
    ...(account === undefined ? {} : { account }),
    ...(credentialId === undefined ? {} : { credentialId }),
    ...(idempotency === undefined ? {} : { idempotency }),
  } as Call;
  const answer = await route.handle({
    core: means.core,
    batched: means.batched,
    call,
    path: route.path,
    params: params as Record<string, string>,
    query: query as Record<string, string>,
    body,
    headers,
    forgetTenant: () => {
      if (tenant !== undefined) means.authenticator.forget(tenant.id);
    },
  });
  if (answer.replayed === true) reply.header('idempotent-replayed', 'true');
  if (answer.headers !== undefined) reply.headers(answer.headers);
  reply.code(answer.status ?? route.status);
  return answer.body === undefined ? reply.send() : answer.body;
}

function missing({ method }: FastifyRequest, allowed: readonly string[]): CoreError {
  return allowed.length === 0
    ? new CoreError('not_found', 'There is nothing on this path.')
    : new CoreError('method_not_allowed', `There is no ${method} on this path, but ${allowed.join(', ')}.`);
}

function answerError(
  facade: Facade,
  means: FacadeMeans,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = readProblems(error);
  if (known.code === 'internal') means.onInternalError(error, request);
  const answer = facade.renderError(known, request.id);
  const { retryAfterSeconds: wait } = known;
  if (wait === undefined) return sendError(answer, reply);
  return sendError({ ...answer, headers: { ...answer.headers, 'retry-after': String(wait) } }, reply);
}

/** What is wrong with the body of somebody nobody knows is not looked into: it could not say who they are. */
function answerStranger(
  facade: Facade,
  means: FacadeMeans,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { code } = readProblems(error);
  const isKnown = request.tenant !== undefined || !unreadable.has(code);
  const told = isKnown ? error : new CoreError('unauthorised', 'The credentials are missing or wrong.');
  return answerError(facade, means, told, request, reply);
}

const unreadable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'malformed_body',
  'validation_failed',
  'body_too_large',
  'unsupported_media_type',
]);

/** Sends an error as its façade says it. */
export function sendError(answer: ErrorAnswer, reply: FastifyReply): FastifyReply {
  if (answer.headers !== undefined) reply.headers(answer.headers);
  return reply
    .code(answer.status)
    .type(answer.contentType ?? 'application/json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(answer.body);
}

function headersOf(request: FastifyRequest): Headers {
  request.single ??= Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : undefined,
    ]),
  );
  return request.single;
}
