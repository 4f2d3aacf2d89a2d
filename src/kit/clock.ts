/** Where time comes from. Everything that asks for the time takes one of these; nothing reads the wall clock itself. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. Used by the composition root only. */
export const wallClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is turned: for tests. */
export function manualClock(start: Date): Clock & { advance(byMs: number): void } {
  let nowMs = start.getTime();
  return {
    now: () => new Date(nowMs),
    advance: (byMs) => {
      nowMs += byMs;
    },
  };
}

/** The instant `byMs` milliseconds after `at`. */
export function later(at: Date, byMs: number): Date {
  return new Date(at.getTime() + byMs);
}
