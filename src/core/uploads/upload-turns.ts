import { setImmediate } from 'node:timers/promises';
import { createTurns, type Turns } from '#kit/turns.ts';

/** How much is done at once of what documents cost. */
export interface UploadTurns {
  /** Documents that are taken in. */
  readonly taking: Turns;
  /** Those of them that are being written down. */
  readonly writing: Turns;
  /** A document as it arrives, held back so that one chunk of all documents is let through in a round of the event loop. */
  pace(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
}

/** Documents taken in at once, and how many more may wait. */
const taken = 8;

/**
 * What is taken in stands in memory, and must have arrived before the request's time is over; what is written holds a
 * connection that every other request could use. So eight documents are taken in, as many wait, and two are written. To
 * encrypt a chunk (64 KiB) takes a fraction of a millisecond, and to encrypt one of each document takes as many: with one
 * in a round, whoever only reads waits for one at most, however many documents there are.
 */
export function createUploadTurns(): UploadTurns {
  const rounds = createTurns({ atOnce: 1, waiting: taken });
  return {
    taking: createTurns({ atOnce: taken, waiting: taken }),
    writing: createTurns({ atOnce: 2, waiting: taken }),
    pace: async function* (chunks) {
      for await (const chunk of chunks) {
        await rounds.take(() => setImmediate());
        yield chunk;
      }
    },
  };
}
