/** What OAuth2 clients send to say who they are, and how they are refused (RFC 6749, sections 2.3.1 and 5.2). */
import type { FastifyReply } from 'fastify';

/** Fields of a form or of a JSON object. A field that is repeated, or no text, makes the request invalid. */
export function readFields(body: unknown): ReadonlyMap<string, string> | undefined {
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

/** Id and secret, by Basic or among the fields, not both; undefined where they are not there whole. */
export function readClient(
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

/** Errors of RFC 6749, section 5.2, with their status. */
const refusals = {
  invalid_request: 400,
  invalid_grant: 400,
  invalid_scope: 400,
  unsupported_grant_type: 400,
  invalid_client: 401,
  temporarily_unavailable: 429,
} as const;

export function refuse(reply: FastifyReply, error: keyof typeof refusals): FastifyReply {
  if (error === 'invalid_client') reply.header('www-authenticate', 'Basic realm="quittance"');
  if (error === 'temporarily_unavailable') reply.header('retry-after', '60');
  return reply.code(refusals[error]).header('cache-control', 'no-store').send({ error });
}
