import { checkCallbackUrl } from '#kit/callback-url.ts';
import { invalid } from '#kit/errors.ts';
import type { Core } from '../core.ts';
import type { Tenant } from './tenant.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that URL parsers silently drop.
const unsafePattern = /[\u0000-\u0020\u007f-\u00a0\\]/;

/** A URL we will send requests to, or a `validation_failed` that names the property and says why not. */
export function requireCallbackUrl(core: Core, tenant: Tenant, property: string, text: string): string {
  const check = checkCallbackUrl(text, core.callbackTargets(tenant));
  if (!check.ok) throw invalid(property, 'invalid_format', `${property}: ${check.reason}`);
  return text;
}

/**
 * A URL that only a payer's browser will go to. Absolute, without credentials, and encrypted unless the tenant is a
 * test tenant. Kept and used exactly as given.
 */
export function requireBrowserUrl(tenant: Tenant, property: string, text: string): string {
  const url = unsafePattern.test(text) || !URL.canParse(text) ? undefined : new URL(text);
  const schemes = tenant.mode === 'test' ? ['https:', 'http:'] : ['https:'];
  if (url !== undefined && schemes.includes(url.protocol) && url.username === '' && url.password === '')
    return text;
  throw invalid(
    property,
    'invalid_format',
    `${property} is not an absolute ${schemes.length === 1 ? 'https' : 'http or https'} URL`,
  );
}
