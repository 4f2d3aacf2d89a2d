/** FPRN, the fail-proof result notification: Windcave's server calls the return address too, unsigned. */
import { createNotifier } from '../notifier.ts';
import type { Surroundings } from '../simulator.ts';

/** Statuses that end it: done, and the two that mean "do not try again". Every other one is tried again. */
const finalStatuses: ReadonlySet<number> = new Set([200, 201, 302, 303, 404, 502]);

/** Announces a result to its return address, which it is called with. */
export function createResultNotifier(surroundings: Surroundings): (url: string) => Promise<void> {
  return createNotifier(surroundings, {
    connector: 'windcave',
    send: (url: string) => get(url, surroundings.closing),
    isFinal: (status) => finalStatuses.has(status),
    retryMs: surroundings.delays.notificationRetryMs,
  });
}

/** The status of one try, 0 where there was none. */
async function get(url: string, closing: AbortSignal): Promise<number> {
  try {
    const response = await fetch(url, {
      headers: { 'user-agent': 'PXL1' },
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(10_000)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
