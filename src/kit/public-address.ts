import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All addresses IANA has given to the internet so far; what lies outside has some special meaning or none. */
const globalUnicastV6 = ipaddr.parseCIDR('2000::/3');

/** Addresses that look public and lead inside: Azure's virtual host answers here, credentials included. */
const alwaysInside = ['168.63.129.16'];

/**
 * Whether an address may be connected to on somebody else's word: global unicast only. Loopback, private, link-local,
 * carrier-grade NAT, multicast, reserved, v4-mapped and the v6 forms that carry a v4 address inside (NAT64, 6to4,
 * Teredo) are all refused, and so is every address or CIDR range of `ownAddresses`.
 */
export function isPublicAddress(text: string, ownAddresses: readonly string[] = []): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv6' && !address.match(globalUnicastV6)) return false;
  return ![...alwaysInside, ...ownAddresses].some((range) => isWithin(address, range));
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, range: string): boolean {
  const [base, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : [ipaddr.process(range), undefined];
  if (base.kind() !== address.kind()) return false;
  return address.match([base, bits ?? (base.kind() === 'ipv4' ? 32 : 128)]);
}
