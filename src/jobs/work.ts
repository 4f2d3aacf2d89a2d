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

/** What loops do one after another for a tenant is over in fewer rounds than this; what goes on is others' work. */
const maxIdleRounds = 10;

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
  let taken = countTaken(loops);
  let idleRounds = 0;
  for (let round = 0; round < maxDrainRounds; round += 1) {
    let done = 0;
    for (const kind of kinds) done += await kind.run(tenantId);
    // What a loop has claimed is not found above, but belongs to what is due, and so does what it has made due since.
    for (const loop of loops) await loop.settle();
    const takenBefore = taken;
    taken = countTaken(loops);
    const isQuiet = taken === takenBefore && !loops.some((loop) => loop.isBusy());
    idleRounds = done === 0 ? idleRounds + 1 : 0;
    if (done === 0 && (isQuiet || idleRounds === maxIdleRounds)) return;
  }
  throw new Error(`work of tenant ${tenantId} did not come to rest after ${maxDrainRounds} rounds`);
}

function countTaken(loops: readonly Loop[]): number {
  return loops.reduce((sum, loop) => sum + loop.taken(), 0);
}

interface Loop {
  nudge(): void;
  /** Waits for what it has taken up to be done, if there is anything. */
  settle(): Promise<void>;
  /** How many items it has taken up so far, of whatever tenant. */
  taken(): number;
  /** Whether a look is under way. */
  isBusy(): boolean;
  stop(): Promise<void>;
}

function startLoop(kind: DueWork, onError: (kind: string, error: unknown) => void): Loop {
  let stopped = false;
  let again = false;
  let taken = 0;
  let running: Promise<void> | undefined;
  let claiming: Promise<number> | undefined;

  const look = async (): Promise<void> => {
    try {
      do {
        again = false;
        for (let count = 1; !stopped && count > 0; taken += count) {
          claiming = kind.run();
          count = await claiming;
        }
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
      // What goes wrong is told by the look itself.
      await claiming?.catch(() => 0);
    },
    taken: () => taken,
    isBusy: () => running !== undefined,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
