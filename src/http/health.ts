import type { FastifyInstance } from 'fastify';
import type { Core } from '#core/core.ts';
import type { Metrics } from './metrics.ts';

/** Mounts `/healthz` (alive), `/readyz` (may be sent traffic) and `/metrics`. */
export function registerHealth(
  server: FastifyInstance,
  database: Core['database'],
  metrics: Metrics,
): { drain: () => void } {
  let draining = false;
  server.get('/healthz', { logLevel: 'silent' }, async () => ({ ok: true }));
  server.get('/readyz', async (_request, reply) => {
    const reachable = draining
      ? false
      : await database.query('select 1').then(
          () => true,
          () => false,
        );
    return reply.code(reachable ? 200 : 503).send({ ok: reachable, store: database.store, draining });
  });
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  return {
    drain: () => {
      draining = true;
    },
  };
}
