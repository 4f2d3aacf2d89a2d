import { Resolver } from 'node:dns/promises';

/** All addresses of a host name, v4 and v6. Rejects where there are none. */
export type ResolveHost = (hostname: string) => Promise<string[]>;

/** A name that has only the other kind of address is not an error. */
const absentCodes: ReadonlySet<unknown> = new Set(['ENODATA', 'ENOTFOUND']);

/**
 * Asks DNS alone: no hosts file and no search list, so that a name means the same here as to everyone. It does not use
 * the thread pool, which slow name servers of strangers could otherwise fill.
 */
export const resolveHost: ResolveHost = async (hostname) => {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const found = await Promise.all([
    resolver.resolve4(hostname).catch(noneIfAbsent),
    resolver.resolve6(hostname).catch(noneIfAbsent),
  ]);
  return found.flat();
};

function noneIfAbsent(error: NodeJS.ErrnoException): string[] {
  if (absentCodes.has(error.code)) return [];
  throw error;
}
