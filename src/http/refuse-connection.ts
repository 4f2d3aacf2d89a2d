import type { FastifyRequest } from 'fastify';
import type { Core } from '#core/core.ts';
import { CoreError } from '#kit/errors.ts';
import type { ErrorAnswer, Facade } from './facade.ts';

/** How a dialect that forbids plain HTTP refuses it in production. A demo is spoken to on its own machine. */
export function plaintextRefusal(
  facade: Facade,
  core: Core,
  request: FastifyRequest,
): ErrorAnswer | undefined {
  return core.allowsLive && request.protocol !== 'https' ? facade.plaintextRefusal : undefined;
}

/** Refuses a browser that only looks ahead: nobody has asked it to move money. */
export function refusePrefetch({ headers }: FastifyRequest): void {
  const purposes = [headers['sec-purpose'], headers.purpose, headers['x-purpose'], headers['x-moz']];
  if (purposes.some((purpose) => /prefetch|prerender|preview/i.test(String(purpose ?? ''))))
    throw new CoreError('method_not_allowed', 'This moves money: it is not for looking ahead.');
}
