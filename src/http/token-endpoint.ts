import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createAccessToken, tokenLifeSeconds } from '#core/tenants/create-access-token.ts';
import type { Facade } from './facade.ts';
import type { FacadeMeans } from './register-facade.ts';

/**
 * Mounts a façade's token endpoint, where it has one: OAuth2 client credentials (RFC 6749, section 4.4). The body is a
 * form or JSON; the client says who it is by Basic or in the body, not both. The answer is an opaque bearer token.
 */
export async function registerTokenEndpoint(
  server: FastifyInstance,
  facade: Facade,
  means: FacadeMeans,
): Promise<void> {
  const { tokenPath } = facade;
  if (tokenPath === undefined) return;
  await server.register(async (scope) => {
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if ((error.statusCode ?? 500) < 500) return refuse(reply, 'invalid_request');
      means.onInternalError(error, request);
      return reply.code(500).send({ error: 'server_error' });
    });
    scope.post(tokenPath, (request, reply) => answer(facade, means, request, reply));
  });
}

/** Errors of RFC 6749, section 5.2, with their status. */
const refusals = {
  invalid_request: 400,
  unsupported_grant_type: 400,
  invalid_client: 401,
  temporarily_unavailable: 429,
} as const;

async function answer(
  facade: Facade,
  means: FacadeMeans,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  request.facade = facade.name;
  const fields = readFields(request.body);
  if (fields === undefined || fields.get('grant_type') === undefined) return refuse(reply, 'invalid_request');
  if (fields.get('grant_type') !== 'client_credentials') return refuse(reply, 'unsupported_grant_type');
  const client = readClient(request.headers.authorization, fields);
  if (client === undefined) return refuse(reply, 'invalid_request');
  const caller = await means.authenticator.authenticate(facade.name, client.id, client.secret);
  if (caller?.credentialId === undefined)
    return refuse(reply, means.failures.exceeded(request.ip) ? 'temporarily_unavailable' : 'invalid_client');
  const { id: tenantId, credentialId } = caller;
  const token = await createAccessToken(means.core, { tenantId, facade: facade.name, credentialId });
  return reply
    .headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
    .send({ access_token: token, token_type: 'Bearer', expires_in: tokenLifeSeconds });
}

/** Fields of a form or of a JSON object. A field that is repeated, or no text, makes the request invalid. */
function readFields(body: unknown): ReadonlyMap<string, string> | undefined {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return undefined;
  const fields = Object.entries(body);
  return fields.every((field): field is [string, string] => typeof field[1] === 'string')
    ? new Map(fields)
    : undefined;
}

interface Client {
  readonly id: string;
  readonly secret: string;
}

function readClient(
  authorization: string | undefined,
  fields: ReadonlyMap<string, string>,
): Client | undefined {
  const id = fields.get('client_id');
  const secret = fields.get('client_secret');
  if (authorization === undefined)
    return id === undefined || secret === undefined ? undefined : { id, secret };
  return secret === undefined ? readBasic(authorization) : undefined;
}

/** Id and secret are form-encoded before they are put together (RFC 6749, section 2.3.1). */
function readBasic(authorization: string): Client | undefined {
  const [, encoded] = /^basic ([A-Za-z0-9+/=_-]{1,1024})$/i.exec(authorization) ?? [];
  const text = Buffer.from(encoded ?? '', 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  const [id, secret] = [text.slice(0, colon), text.slice(colon + 1)].map(decodeForm);
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

function decodeForm(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function refuse(reply: FastifyReply, error: keyof typeof refusals): FastifyReply {
  if (error === 'invalid_client') reply.header('www-authenticate', 'Basic realm="quittance"');
  if (error === 'temporarily_unavailable') reply.header('retry-after', '60');
  return reply.code(refusals[error]).header('cache-control', 'no-store').send({ error });
}
