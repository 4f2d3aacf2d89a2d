import { createTurns, type Turns } from '#kit/turns.ts';

/** How many documents are taken in at once, and how many of those are being written down. */
export interface UploadTurns {
  readonly taking: Turns;
  readonly writing: Turns;
}

/**
 * What is taken in stands in memory, and must have arrived before the request's time is over; what is written holds a
 * connection that every other request could use. So sixteen documents are taken in, as many wait, and four are written.
 */
export function createUploadTurns(): UploadTurns {
  return {
    taking: createTurns({ atOnce: 16, waiting: 16 }),
    writing: createTurns({ atOnce: 4, waiting: 16 }),
  };
}
