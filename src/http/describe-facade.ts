import Fastify, { type FastifyInstance } from 'fastify';
import { CoreError } from '#kit/errors.ts';
import type { Facade, Route } from './facade.ts';
import { routeSchema } from './route-schema.ts';

/**
 * Answers the façade's OpenAPI document. It is made when somebody first asks, of the table and beside the server that
 * serves it: what makes it, and what only it says of a route, would stand in the memory of every server and be asked for
 * in few.
 */
export function facadeDescription(facade: Facade): () => Promise<unknown> {
  let made: Promise<unknown> | undefined;
  return () => {
    made ??= describe(facade).catch((error: unknown) => {
      // Not for ever: whoever asks next may find what was missing.
      made = undefined;
      throw error;
    });
    return made;
  };
}

async function describe(facade: Facade): Promise<unknown> {
  const { default: swagger } = await import('@fastify/swagger');
  // Nothing is ever sent to it, so nothing is compiled for it.
  const server = Fastify({ exposeHeadRoutes: false });
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => () => '');
  await server.register(swagger, {
    openapi: openApiOf(facade),
    hideUntagged: true,
    refResolver: { buildLocalReference: ({ $id }) => String($id) },
  });
  await server.register(
    async (scope) => {
      scope.addSchema({ ...facade.errorShape, $id: 'Error' });
      for (const route of facade.routes) addRoute(scope, facade, route);
    },
    { prefix: facade.prefix },
  );
  await server.ready();
  const document = server.swagger();
  await server.close();
  return document;
}

function openApiOf(facade: Facade) {
  return {
    openapi: '3.1.0',
    info: { title: facade.title, description: facade.about, version: '1' },
    components: { securitySchemes: facade.security as never },
    security: [Object.fromEntries(Object.keys(facade.security).map((name) => [name, []]))],
  };
}

function addRoute(scope: FastifyInstance, facade: Facade, route: Route): void {
  const { response, ...schema } = routeSchema(route);
  scope.route({
    method: route.method,
    url: route.path,
    schema: {
      summary: route.summary,
      tags: [facade.name],
      ...schema,
      response: {
        ...response,
        '4xx': errorResponse(facade, 'What was asked cannot be done'),
        '5xx': errorResponse(facade, 'A fault on our side'),
      },
    },
    handler: () => undefined,
  });
}

function errorResponse(facade: Facade, description: string) {
  const { contentType = 'application/json' } = facade.renderError(new CoreError('internal', ''));
  const [mediaType = ''] = contentType.split(';');
  return { description, content: { [mediaType]: { schema: { $ref: 'Error#' } } } };
}
