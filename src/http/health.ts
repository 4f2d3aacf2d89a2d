import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** Mounts `/healthz` (alive), `/readyz` (may be sent traffic) and `/metrics`. */
export function registerHealth(
  server: FastifyInstance,
  database: { readonly store: string; readonly isReachable: () => Promise<boolean> },
  metrics: Metrics,
): { drain: () => void } {
  let draining = false;
  server.get('/healthz', { logLevel: 'silent' }, async () => ({ ok: true }));
  server.get('/readyz', async (_request, reply) => {
    const reachable = draining ? false : await database.isReachable();
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
