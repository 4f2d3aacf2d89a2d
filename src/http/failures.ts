import type { Clock } from '#kit/clock.ts';

/** Wrong credentials an address may send in a minute before it is told to wait. */
const maxPerMinute = 100;
const windowMs = 60_000;

/** Addresses remembered at once: a flood of spoofed ones must not fill the memory. */
const maxAddresses = 10_000;

/**
 * Counts wrong credentials by address, in wall time. Only further wrong ones are refused: good credentials from the
 * same address go on working, so that nobody can lock a clinic out from behind its own router.
 */
export function failureLimit(clock: Clock): { exceeded(address: string): boolean } {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    exceeded: (address) => {
      const nowMs = clock.now().getTime();
      const seen = failures.get(address);
      if (seen !== undefined && seen.until > nowMs) {
        seen.count += 1;
        return seen.count > maxPerMinute;
      }
      if (failures.size >= maxAddresses) failures.clear();
      failures.set(address, { count: 1, until: nowMs + windowMs });
      return false;
    },
  };
}
