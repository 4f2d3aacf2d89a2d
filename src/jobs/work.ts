/**
 * Due work is rows: a callback to deliver, a message to send, an operation to ask about, a link that expires. Each
 * kind finds its own rows by an index, claims them with a lease, and does them. What stands here only decides when to
 * look: at once after a nudge, and every so often in case the nudge was lost with the process that would have given it.
 */
import type { TenantId } from '#kit/ids.ts';

/** One kind of work that falls due. */
export interface DueWork {
  readonly name: string;
  /** How long between looks when nobody nudges, in milliseconds. */
  readonly everyMs: number;
  /**
   * Claims a bounded number of due items, of one tenant where one is named, does them, and answers how many it took.
   * Zero means nothing is due. Safe to run in several processes at once.
   */
  run(tenantId?: TenantId): Promise<number>;
}

export interface Work {
  /** Says that work of this kind may have fallen due. Never waits, never throws. */
  nudge(name: string): void;
  /** Does everything that is due for one tenant, and what that makes due, until nothing is. */
  drain(tenantId: TenantId): Promise<void>;
  /** Stops looking and waits for what is under way. */
  stop(): Promise<void>;
}

/** A drain that goes round more often than this is fed by its own results: a fault, not work. */
const maxDrainRounds = 1_000;

export function startWork(kinds: readonly DueWork[], onError: (kind: string, error: unknown) => void): Work {
  const loops = new Map(kinds.map((kind) => [kind.name, startLoop(kind, onError)]));
  return {
    nudge: (name) => loops.get(name)?.nudge(),
    drain: (tenantId) => drain(kinds, [...loops.values()], tenantId),
    stop: async () => {
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
    },
  };
}

async function drain(kinds: readonly DueWork[], loops: readonly Loop[], tenantId: TenantId): Promise<void> {
  for (let round = 0; round < maxDrainRounds; round += 1) {
    let done = 0;
    for (const kind of kinds) done += await kind.run(tenantId);
    // What a loop has claimed is not found above, but belongs to what is due.
    for (const loop of loops) if (await loop.settle()) done += 1;
    if (done === 0) return;
  }
  throw new Error(`work of tenant ${tenantId} did not come to rest after ${maxDrainRounds} rounds`);
}

interface Loop {
  nudge(): void;
  /** Waits for the look under way, if there is one, and answers whether there was. */
  settle(): Promise<boolean>;
  stop(): Promise<void>;
}

function startLoop(kind: DueWork, onError: (kind: string, error: unknown) => void): Loop {
  let stopped = false;
  let again = false;
  let running: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    try {
      do {
        again = false;
        while (!stopped && (await kind.run()) > 0);
      } while (again && !stopped);
    } catch (error) {
      onError(kind.name, error);
    } finally {
      running = undefined;
    }
  };
  const nudge = (): void => {
    again = true;
    if (!stopped && running === undefined) running = look();
  };
  const timer = setInterval(nudge, kind.everyMs);
  timer.unref();

  return {
    nudge,
    settle: async () => {
      const busy = running !== undefined;
      await running;
      return busy;
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
