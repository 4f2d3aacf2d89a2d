/** What a request's body may be: JSON, unless its route takes a stream of bytes. */
import type { IncomingHttpHeaders } from 'node:http';
import { CoreError } from '#kit/errors.ts';
import type { Facade, Route } from './facade.ts';

const json = 'application/json';

/** The media types that some route of the façade takes as a stream. */
export function streamedTypes({ routes }: Pick<Facade, 'routes'>): ReadonlySet<string> {
  return new Set(routes.flatMap(({ consumes = [] }) => consumes));
}

/** Whether this request's body is handed on as it comes. */
export function isStreamed({ consumes = [] }: Route, headers: IncomingHttpHeaders): boolean {
  return consumes.includes(mediaTypeOf(headers));
}

/** A body of one of the façade's `streamed` types is the body of no route but those that take one, and those take no other. */
export function requireMediaType(
  streamed: ReadonlySet<string>,
  { consumes, body }: Route,
  headers: IncomingHttpHeaders,
): void {
  if (streamed.size === 0) return;
  const given = mediaTypeOf(headers);
  if (consumes === undefined) {
    if (streamed.has(given)) throw refusal([json]);
    return;
  }
  const taken = body === undefined ? consumes : [json, ...consumes];
  if (!taken.includes(given)) throw refusal(taken);
}

/** The body's part of a route's schema: what is streamed is not validated. */
export function bodySchema({ body, consumes }: Route) {
  if (consumes === undefined) return body === undefined ? {} : { body };
  const streams = consumes.map((type) => [type, { schema: {} }] as const);
  const parsed = body === undefined ? [] : [[json, { schema: body }] as const];
  return { body: { content: Object.fromEntries([...parsed, ...streams]) } };
}

function mediaTypeOf(headers: IncomingHttpHeaders): string {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase();
}

function refusal(taken: readonly string[]): CoreError {
  return new CoreError('unsupported_media_type', `The body has to be ${taken.join(' or ')}.`);
}
