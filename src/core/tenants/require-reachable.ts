import { checkCallbackUrl } from '#kit/callback-url.ts';
import { invalid } from '#kit/errors.ts';
import type { Core } from '../core.ts';

/** We will send requests to this address, a processor's or a bank's: not into anybody's inner network. */
export function requireReachable(core: Core, property: string, url: string): void {
  if (core.processorTargets === undefined) return;
  const check = checkCallbackUrl(url, core.processorTargets);
  if (!check.ok) throw invalid(property, 'invalid_format', `${property}: ${check.reason}`);
}
