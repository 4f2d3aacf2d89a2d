import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { revokeRefreshToken } from '#core/grants/revoke-refresh-token.ts';
import type { Caller } from '#core/tenants/authenticate.ts';
import { createAccessToken, usualTokenLifeSeconds } from '#core/tenants/create-access-token.ts';
import { revokeAccessToken } from '#core/tenants/revoke-access-token.ts';
import { CoreError } from '#kit/errors.ts';
import type { ErrorAnswer, Facade, Headers } from './facade.ts';
import { findPublicClient, grantTokens } from './grant-tokens.ts';
import { readClient, readFields, refuse } from './read-client.ts';
import type { FacadeMeans } from './register-facade.ts';

type Handle = (
  facade: Facade,
  means: FacadeMeans,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

/**
 * Mounts a façade's OAuth2 endpoints, as far as it has them: tokens for client credentials (RFC 6749, section 4.4), their
 * revocation (RFC 7009), and who the caller is. A body is a form or JSON; the client says who it is by Basic or in the body,
 * not both. A token is opaque.
 */
export async function registerTokenEndpoint(
  server: FastifyInstance,
  facade: Facade,
  means: FacadeMeans,
): Promise<void> {
  const { tokenPath, revokePath, userinfoPath } = facade;
  await server.register(async (scope) => {
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if ((error.statusCode ?? 500) < 500) return refuse(reply, 'invalid_request');
      means.onInternalError(error, request);
      return reply.code(500).send({ error: 'server_error' });
    });
    const handled = (handle: Handle) => (request: FastifyRequest, reply: FastifyReply) => {
      request.facade = facade.name;
      return handle(facade, means, request, reply);
    };
    if (tokenPath !== undefined) scope.post(tokenPath, handled(giveToken));
    if (revokePath !== undefined) scope.post(revokePath, handled(revokeToken));
    if (userinfoPath !== undefined)
      scope.route({ method: ['GET', 'POST'], url: userinfoPath, handler: handled(tellUser) });
  });
}

async function giveToken(...[facade, means, request, reply]: Parameters<Handle>): Promise<FastifyReply> {
  const fields = readFields(request.body);
  if (fields === undefined || fields.get('grant_type') === undefined) return refuse(reply, 'invalid_request');
  const grantType = fields.get('grant_type') ?? '';
  const scope = Object.hasOwn(grantTokens, grantType) ? facade.consentScope : undefined;
  if (grantType !== 'client_credentials' && scope === undefined)
    return refuse(reply, 'unsupported_grant_type');
  const publicClient = scope === undefined ? undefined : await publicClientOf(facade, means, request, fields);
  const client = publicClient ?? (await identifyClient(facade, means, request, fields));
  if (typeof client === 'string') return refuse(reply, client);
  const lifeSeconds = facade.tokenLifeSeconds ?? usualTokenLifeSeconds;
  if (scope !== undefined) {
    const give = grantTokens[grantType as keyof typeof grantTokens];
    const tokens = await give(means, {
      client: { ...client, facade: facade.name },
      fields,
      lifeSeconds,
      scope,
    });
    // A code or a token that came twice has ended others: what is believed of them is out of date.
    means.authenticator.forget(client.tenantId);
    if (typeof tokens === 'string') return refuse(reply, tokens);
    return reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).send({
      access_token: tokens.accessToken,
      token_type: 'Bearer',
      expires_in: lifeSeconds,
      refresh_token: tokens.refreshToken,
      scope,
    });
  }
  const token = await createAccessToken(means.core, {
    tenantId: client.tenantId,
    credentialId: client.credentialId,
    facade: facade.name,
    lifeSeconds,
  });
  return reply
    .headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
    .send({ access_token: token, token_type: 'Bearer', expires_in: lifeSeconds });
}

/** 200 for a token that is unknown, or another client's, as well: whoever asks learns nothing of it (RFC 7009, section 2.2). */
async function revokeToken(...[facade, means, request, reply]: Parameters<Handle>): Promise<FastifyReply> {
  const fields = readFields(request.body);
  const token = fields?.get('token');
  if (fields === undefined || token === undefined) return refuse(reply, 'invalid_request');
  const client =
    (await publicClientOf(facade, means, request, fields)) ??
    (await identifyClient(facade, means, request, fields));
  if (typeof client === 'string') return refuse(reply, client);
  const { tenantId, credentialId } = client;
  await revokeAccessToken(means.core, { tenantId, credentialId, token });
  await revokeRefreshToken(means.core, { tenantId, credentialId, facade: facade.name }, token);
  means.authenticator.forget(client.tenantId);
  return reply.code(200).header('cache-control', 'no-store').send();
}

/** The public application that says nothing but its id; undefined where there is more to check, or no such one. */
async function publicClientOf(
  facade: Facade,
  means: FacadeMeans,
  { headers }: FastifyRequest,
  fields: ReadonlyMap<string, string>,
): Promise<Client | undefined> {
  if (headers.authorization !== undefined || fields.has('client_secret')) return undefined;
  return findPublicClient(facade, means, fields);
}

type Client = { readonly tenantId: Caller['id']; readonly credentialId: NonNullable<Caller['credentialId']> };

/** Whose client it is that asks, or why that is not to be known. */
async function identifyClient(
  facade: Facade,
  { authenticator, failures }: FacadeMeans,
  { headers, ip }: FastifyRequest,
  fields: ReadonlyMap<string, string>,
): Promise<Client | 'invalid_request' | 'invalid_client' | 'temporarily_unavailable'> {
  const client = readClient(headers.authorization, fields);
  if (client === undefined) return 'invalid_request';
  const caller = await authenticator.authenticate(facade.name, client.id, client.secret);
  if (caller?.credentialId === undefined)
    return failures.exceeded(ip) ? 'temporarily_unavailable' : 'invalid_client';
  return { tenantId: caller.id, credentialId: caller.credentialId };
}

/** Who the bearer of a token is; what the façade says where it is nobody, or has come to another account's address. */
async function tellUser(...[facade, means, request, reply]: Parameters<Handle>): Promise<FastifyReply> {
  const caller = await facade.authenticate(request.headers as Headers, means.authenticator);
  if (caller === undefined) {
    const code = means.failures.exceeded(request.ip) ? 'rate_limited' : 'unauthorised';
    return send(reply, facade.renderError(new CoreError(code, 'Whose token this is, is not known.')));
  }
  const { account, credentialId: sub, name } = caller as Caller;
  const [asked] = Object.values(request.params as Readonly<Record<string, string>>);
  if (asked !== account)
    return send(reply, facade.renderError(new CoreError('not_found', 'There is no such account.')));
  return reply.header('cache-control', 'no-store').send({ sub, name });
}

function send(reply: FastifyReply, { status, body, headers = {} }: ErrorAnswer): FastifyReply {
  return reply
    .code(status)
    .headers({ ...headers, 'cache-control': 'no-store' })
    .send(body);
}
