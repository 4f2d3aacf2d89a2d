/** What an application asks for at the authorization endpoint (RFC 6749, section 4.1.1; RFC 7636, section 4.3). */
import { consentScope } from './auth.ts';

const fields = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const;

export type Asked = Readonly<Partial<Record<(typeof fields)[number], string>>>;

/** The fields that are there once; one that is repeated is not. */
export function readAsked(given: unknown): Asked {
  const from = (given ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    fields.flatMap((name) => (typeof from[name] === 'string' ? [[name, from[name]]] : [])),
  );
}

/** What is wrong with it, in the words of RFC 6749, section 4.1.2.1; undefined where nothing is. */
export function misaskedOf(given: unknown, asked: Asked): string | undefined {
  const from = (given ?? {}) as Readonly<Record<string, unknown>>;
  if (fields.some((name) => Array.isArray(from[name])) || asked.response_type === undefined)
    return 'invalid_request';
  if (asked.response_type !== 'code') return 'unsupported_response_type';
  if (asked.code_challenge_method !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(asked.code_challenge ?? ''))
    return 'invalid_request';
  return (asked.scope ?? consentScope) === consentScope ? undefined : 'invalid_scope';
}
