/** FPRN, the fail-proof result notification: Windcave's server calls the return address too, unsigned. */
import { pause } from '../deliver-answer.ts';
import { callbackFaults, type Fault } from '../faults.ts';
import type { Surroundings } from '../simulator.ts';

/** Statuses that end it: done, and the two that mean "do not try again". Every other one is tried again. */
const finalStatuses: ReadonlySet<number> = new Set([200, 201, 302, 303, 404, 502]);

/**
 * Announces a result to its return address. Resolves when the payer's browser may be answered: at once, or only after
 * the notification under the fault `callback-first`.
 */
export function createNotifier({
  faults,
  delays,
  closing,
  log,
}: Surroundings): (url: string) => Promise<void> {
  const held: string[] = [];

  /** One try; whether it was the last one needed. */
  const tryOnce = async (url: string): Promise<boolean> => {
    const status = await get(url, closing);
    if (!finalStatuses.has(status)) log(`notification answered ${status || 'nothing'}`);
    return finalStatuses.has(status);
  };
  /** Resolves after the first try; the others follow by themselves. */
  const deliver = async (url: string): Promise<void> => {
    if (!(await tryOnce(url))) void retry(url);
  };
  const retry = async (url: string): Promise<void> => {
    for (const waitMs of delays.notificationRetryMs) {
      await pause(waitMs, closing);
      if (closing.aborted || (await tryOnce(url))) return;
    }
  };
  /** Holds notifications for a while, then sends them all in an order of chance. */
  const shuffle = async (url: string, fault: Fault): Promise<void> => {
    held.push(url);
    if (held.length > 1) return;
    await pause(delays.shuffleMs, closing);
    const batch = held.splice(0).map((each) => ({ each, rank: fault.random() }));
    batch.sort((a, b) => a.rank - b.rank);
    for (const { each } of batch) await deliver(each);
  };

  return async (url) => {
    const fault = faults.take('windcave', 'notification', callbackFaults);
    if (fault?.kind === 'callback-first') return deliver(url);
    if (fault?.kind === 'shuffle-callbacks') {
      void shuffle(url, fault);
    } else {
      const copies = fault === undefined ? 1 : 2 + Math.floor(fault.random() * 5);
      for (let copy = 0; copy < copies; copy += 1) setImmediate(() => void deliver(url));
    }
  };
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
