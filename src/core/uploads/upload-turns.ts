import { setTimeout as wait } from 'node:timers/promises';
import { createTurns, type Turns } from '#kit/turns.ts';

/** How much is done at once of what documents cost. */
export interface UploadTurns {
  /** Documents that are taken in. */
  readonly taking: Turns;
  /** Those of them that are being written down. */
  readonly writing: Turns;
  /** A document as it arrives, held back so that of all documents one chunk is let through in `chunkEveryMs`. */
  pace(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
}

/** Documents taken in at once, and how many more may wait. */
const taken = 8;

/** A chunk is at most 64 KiB, so that all documents together arrive at no more than some twenty megabytes a second. */
const chunkEveryMs = 3;

/**
 * What is taken in stands in memory, and must have arrived before the request's time is over; what is written holds a
 * connection that every other request could use. So eight documents are taken in, as many wait, and two are written. To
 * encrypt a chunk takes a fraction of a millisecond, and as much of the sender, the kernel and the store: with one in three
 * milliseconds the rest of the time is everybody else's, however many documents there are.
 */
export function createUploadTurns(): UploadTurns {
  const rounds = createTurns({ atOnce: 1, waiting: taken });
  return {
    taking: createTurns({ atOnce: taken, waiting: taken }),
    writing: createTurns({ atOnce: 2, waiting: taken }),
    pace: async function* (chunks) {
      for await (const chunk of chunks) {
        await rounds.take(() => wait(chunkEveryMs));
        yield chunk;
      }
    },
  };
}
