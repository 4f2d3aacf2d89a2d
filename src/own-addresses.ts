import { networkInterfaces } from 'node:os';
import { type Clock, later } from './kit/clock.ts';

/** To ask the machine takes as long as all else that is looked at of an address, and it hardly ever gets another. */
const believedMs = 10_000;

/** The addresses this machine has itself, which no callback may go to. Asked for anew every ten seconds at most. */
export function ownAddressReader(
  clock: Clock,
  interfaces: () => NodeJS.Dict<readonly { readonly address: string }[]> = networkInterfaces,
): () => readonly string[] {
  let belief: { readonly addresses: readonly string[]; readonly until: Date } | undefined;
  return () => {
    const now = clock.now();
    if (belief === undefined || belief.until <= now)
      belief = { addresses: addressesOf(interfaces()), until: later(now, believedMs) };
    return belief.addresses;
  };
}

/** Without the zone of a link-local one. */
function addressesOf(interfaces: NodeJS.Dict<readonly { readonly address: string }[]>): string[] {
  return Object.values(interfaces).flatMap((ones) =>
    (ones ?? []).map(({ address }) => address.replace(/%.*$/, '')),
  );
}
