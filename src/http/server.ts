import formbody from '@fastify/formbody';
import underPressure from '@fastify/under-pressure';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { IdSource } from '#kit/ids.ts';
import { buildSerializer } from './build-serializer.ts';
import { errorFields } from './log.ts';
import type { Metrics } from './metrics.ts';
import { refuseInexact } from './refuse-inexact.ts';
import { refuseUnkeepable } from './refuse-unkeepable.ts';
import { securityHeaders } from './security-headers.ts';
import { type Timing, withTiming } from './timing.ts';

export interface ServerMeans {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly ids: IdSource;
  readonly trustedProxies: readonly string[];
  /** The façades' other spellings of their addresses, by the prefix under which each applies. */
  readonly rewrites: readonly { readonly prefix: string; rewriteUrl?(url: string): string }[];
  /** Event loop delay beyond which new requests are better refused than kept waiting; 0 refuses none. */
  readonly maxEventLoopDelayMs: number;
}

/** The largest body any façade takes unless a route says otherwise. */
const bodyLimitBytes = 64 * 1024;

/** The largest head of a request, and so the longest address. */
const maxHeaderBytes = 16 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    timing: Timing;
    startedMs: number;
  }
}

/** An HTTP server with strict limits, timing, metrics and logs; façades are mounted on it. */
export async function buildServer(means: ServerMeans): Promise<FastifyInstance> {
  const server = Fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    // No route has a pattern to choke on: a long id is judged by its façade, as any other that is not one.
    routerOptions: { maxParamLength: maxHeaderBytes },
    forceCloseConnections: 'idle',
    trustProxy: means.trustedProxies.length === 0 ? false : [...means.trustedProxies],
    rewriteUrl: (request) => rewrite(readableUrl(request.url ?? '/'), means.rewrites),
    genReqId: () => means.ids.uuid(),
    http: { maxHeaderSize: maxHeaderBytes, headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
    schemaController: { compilersFactory: { buildSerializer } },
    ajv: {
      // Nothing is coerced, filled in or dropped: what the caller sent is what is judged.
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        allErrors: true,
        verbose: true,
      },
    },
  });
  await server.register(formbody, { bodyLimit: bodyLimitBytes });
  readJson(server);
  watch(server, means);
  await server.register(underPressure, { maxEventLoopDelay: means.maxEventLoopDelayMs, retryAfter: 5 });
  return server;
}

function rewrite(url: string, rewrites: ServerMeans['rewrites']): string {
  const [path = ''] = url.toLowerCase().split(/[?#]/, 1);
  const found = rewrites.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  return found?.rewriteUrl?.(url) ?? url;
}

/**
 * An address that cannot be decoded is nobody's. Its percent signs are taken for themselves, so that it ends at its
 * façade's "not found" like any other, and not at the framework's own error.
 */
function readableUrl(url: string): string {
  if (!url.includes('%')) return url;
  try {
    decodeURIComponent(url);
    return url;
  } catch {
    return url.replaceAll('%', '%25');
  }
}

/** JSON, where a body of nothing is no body: a PUT that only says "do it" often still names a content type. */
function readJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    const inexact =
      request.routeOptions.config.exactNumbers === true ? refuseInexact(body as string) : undefined;
    return parse(request, body as string, (error, parsed) =>
      done(error ?? inexact ?? refuseUnkeepable(parsed) ?? null, parsed),
    );
  });
}

function watch(server: FastifyInstance, { log, metrics }: ServerMeans): void {
  server.decorateRequest('timing');
  server.decorateRequest('startedMs', 0);
  server.addHook('onRequest', (request, reply, done) => {
    request.timing = { connectorMs: 0 };
    request.startedMs = performance.now();
    reply.headers(securityHeaders);
    withTiming(request.timing, done);
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    const elapsedMs = performance.now() - request.startedMs;
    const { connectorMs } = request.timing;
    reply.header(
      'server-timing',
      `own;dur=${(elapsedMs - connectorMs).toFixed(1)}, connector;dur=${connectorMs.toFixed(1)}`,
    );
    reply.header('request-id', request.id);
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const elapsedMs = performance.now() - request.startedMs;
    const labels = {
      facade: request.facade ?? 'none',
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
    };
    metrics.requests.observe(labels, elapsedMs / 1_000);
    log.info({
      ...labels,
      requestId: request.id,
      tenantId: request.tenant?.id,
      elapsedMs: Math.round(elapsedMs * 10) / 10,
      connectorMs: Math.round(request.timing.connectorMs * 10) / 10,
    });
    done();
  });
}

/** The route's pattern, never the address: addresses hold tokens. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none';
}

/** Tells of an error that is ours, without anything the caller sent. */
export function logInternalError(log: Logger): (error: Error, request: FastifyRequest) => void {
  return (error, request) =>
    log.error({ ...errorFields(error), requestId: request.id, route: routeOf(request) }, 'internal error');
}
