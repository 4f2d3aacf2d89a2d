/** How often a tenant may ask: of a façade as a whole, and of its routes where the dialect says so. */
import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { Core } from '#core/core.ts';
import { rateLimited } from '#kit/errors.ts';
import type { Facade, Route } from './facade.ts';
import { rollingMinute } from './rolling-minute.ts';

/** Requests a minute of a tenant that has no limit of its own. */
const usualRequestsPerMinute = 6_000;

/** Counts a tenant's requests once its credentials are known; what has none is counted by address. */
export function limitOf(facade: Facade): RateLimitPluginOptions {
  return {
    hook: 'preValidation',
    timeWindow: '1 minute',
    nameSpace: facade.name,
    max: (request) => request.tenant?.settings.requestsPerMinute ?? usualRequestsPerMinute,
    keyGenerator: (request) => request.tenant?.id ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) => rateLimited(Math.ceil(ttl / 1_000)),
  };
}

/** Refuses what is more than the route's own rate, as often as the tenant's setting has it. */
export function rateOf({ rate }: Route, { clock }: Pick<Core, 'clock'>): (request: FastifyRequest) => void {
  if (rate === undefined) return () => undefined;
  const minute = rollingMinute();
  return ({ tenant, query }) => {
    if (tenant === undefined) return;
    const max = rate.perMinute * (tenant.settings.routeRateFactor ?? 1);
    const cost = rate.cost?.(query as Record<string, string>) ?? 1;
    const waitSeconds = minute.take(tenant.id, cost, max, clock.now());
    if (waitSeconds > 0) throw rateLimited(waitSeconds);
  };
}
