/** The reference a person reads: made from the façades' tables when it is first asked for, served without a script of its own. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Facade } from '#http/facade.ts';
import { contentSecurityPolicy } from '#web/checkout/csp.ts';
import type { Html } from '#web/checkout/html.ts';
import { renderErrors } from './render-errors.ts';
import { renderFacade } from './render-facade.ts';
import { renderIndex } from './render-index.ts';
import { stylesheet } from './stylesheet.ts';

/** Mounts `/docs`, `/docs/errors`, and `/docs/<façade>` for each façade there is. */
export async function registerDocs(server: FastifyInstance, facades: readonly Facade[]): Promise<void> {
  addPage(server, '/docs', () => renderIndex(facades));
  addPage(server, '/docs/errors', () => renderErrors(facades));
  for (const facade of facades) addPage(server, `/docs/${facade.name}`, () => renderFacade(facade));
  server.get(stylesheet.path, (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .type('text/css; charset=utf-8')
      .send(stylesheet.bytes),
  );
}

/** A page that is the same as long as the program runs, and takes no memory before somebody reads it. */
function addPage(server: FastifyInstance, path: string, render: () => Html): void {
  let body: string | undefined;
  server.get(path, (_request, reply): FastifyReply => {
    body ??= String(render());
    return reply
      .header('content-security-policy', contentSecurityPolicy({ formActionOrigins: [] }))
      .header('cache-control', 'public, max-age=300')
      .type('text/html; charset=utf-8')
      .send(body);
  });
}
