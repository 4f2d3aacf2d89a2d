/** A request as it came: who asks, and the fields of its body. */
import type { FastifyRequest } from 'fastify';

export interface ApiRequest {
  readonly userId: string;
  /** The top level of the JSON body; undefined where there is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  header(name: string): string;
}

/** Undefined without credentials that are good: any are, but for empty ones and a key that says that it is wrong. */
export function readApiRequest(request: FastifyRequest): ApiRequest | undefined {
  const [scheme = '', encoded = ''] = (request.headers.authorization ?? '').split(' ');
  const [userId = '', apiKey = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  if (scheme !== 'Basic' || userId === '' || apiKey === '' || apiKey.startsWith('wrong')) return undefined;
  return {
    userId,
    body: readJson(request.body),
    header: (name) => String(request.headers[name] ?? ''),
  };
}

function readJson(body: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Text of at most `maxLength` characters, or undefined. */
export function readText(value: unknown, maxLength: number): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= maxLength ? value : undefined;
}

/** An instant in ISO 8601, or undefined. */
export function readInstant(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
