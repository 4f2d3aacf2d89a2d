import { isIP, type LookupFunction } from 'node:net';
import type { TargetPolicy } from '#kit/callback-url.ts';
import { isPublicAddress } from '#kit/public-address.ts';
import type { ResolveHost } from './resolve-host.ts';

/** The name stands for an address that must not be connected to, or for none. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
}

/**
 * The lookup a socket is given. It asks once and hands the socket the very addresses it has checked, so a name that
 * answers differently the next time (DNS rebinding) gains nothing. One bad address condemns the name: a receiver has
 * no honest reason to mix public and inner addresses.
 */
export function checkedLookup(policy: TargetPolicy, resolve: ResolveHost): LookupFunction {
  return (hostname, options, callback) => {
    resolveChecked(hostname, policy, resolve).then(
      (addresses) => {
        const answers = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = answers;
        if (options.all === true) callback(null, answers);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

async function resolveChecked(
  hostname: string,
  policy: TargetPolicy,
  resolve: ResolveHost,
): Promise<string[]> {
  // Not asked of DNS: demo mode trusts this name, and so must not trust whoever answers for it.
  if (hostname === 'localhost' && policy.loopback !== undefined) return ['127.0.0.1', '::1'];
  const addresses = await resolve(hostname);
  if (addresses.length === 0) throw new TargetRefused('the host has no address');
  if (!addresses.every((address) => isPublicAddress(address, policy.ownAddresses)))
    throw new TargetRefused('the host has an address that is not public');
  return addresses;
}
