import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Language, preferredLanguage } from '#kit/language.ts';
import { contentSecurityPolicy } from '#web/checkout/csp.ts';
import type { Html } from '#web/checkout/html.ts';
import { renderTrouble } from '#web/checkout/render-trouble.ts';
import { renderUnknown } from '#web/checkout/render-unknown.ts';
import { chosenLanguage } from './translate.ts';

/** Sends a page of ours. It says what a payer owes: nobody on the way may keep it. */
export function sendPage(reply: FastifyReply, page: Html, status = 200): FastifyReply {
  if (!reply.hasHeader('content-security-policy')) {
    reply.header('content-security-policy', contentSecurityPolicy({ formActionOrigins: [] }));
  }
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(String(page));
}

/** The one page for an unknown, a foreign and a spent address: they must not be told apart. */
export function sendUnknown(reply: FastifyReply, request: FastifyRequest, status: number): FastifyReply {
  return sendPage(reply, renderUnknown({ state: 'unknown-link', language: languageOf(request) }), status);
}

/** The page of what failed before any link was read: our own fault, or more than we answer. */
export function sendTrouble(reply: FastifyReply, request: FastifyRequest, status: number): FastifyReply {
  return sendPage(reply, renderTrouble({ language: languageOf(request) }), status);
}

function languageOf(request: FastifyRequest): Language {
  return chosenLanguage(request.query) ?? preferredLanguage(request.headers['accept-language'] ?? '');
}
