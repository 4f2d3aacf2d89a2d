import type { FastifyInstance } from 'fastify';
import type { Clock } from '#kit/clock.ts';
import type { IdSource } from '#kit/ids.ts';
import type { Book } from './book.ts';
import type { Faults } from './faults.ts';

/** What every simulator is given. */
export interface Surroundings {
  readonly book: Book;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: (line: string) => void;
  /** Aborted when the simulators close: everything that waits ends then. */
  readonly closing: AbortSignal;
  readonly delays: Delays;
}

/** How long the simulators wait, in milliseconds; a test makes them short. */
export interface Delays {
  /** Between acting and answering under `act-then-delay`. */
  readonly answerMs: number;
  /** After which a request under `hang` is dropped, so that nothing waits for ever. */
  readonly hangMs: number;
  /** Before the second, third … try of a notification; as many retries as there are figures. */
  readonly notificationRetryMs: readonly number[];
  /** How long callbacks are held back to be shuffled. */
  readonly shuffleMs: number;
  /** How old a movement must be before a lagging status service knows of it. */
  readonly statusLagMs: number;
  /** Until a payer who is asked in an app approves by themselves; 0 is before the request is answered. */
  readonly payerMs: number;
  /** Until a bank has moved a refund; 0 is before the request is answered. */
  readonly refundMs: number;
  /** Until a bank that gave no answer gives one after all. */
  readonly bankMs: number;
  /** Before each further try of a callback to a merchant's server, as Swish makes them. */
  readonly callbackRetryMs: readonly number[];
}

export const usualDelays: Delays = {
  answerMs: 30_000,
  hangMs: 60_000,
  notificationRetryMs: [250, 500, 1000, 2000, 4000, 8000],
  shuffleMs: 500,
  statusLagMs: 5000,
  payerMs: 2000,
  refundMs: 2000,
  bankMs: 20_000,
  callbackRetryMs: [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000],
};

/** The one export, named `simulator`, of a simulator folder's `index.ts`; folders are found by listing. */
export interface Simulator {
  readonly name: string;
  /** Adds the routes, having rebuilt its state from `surroundings.book.events(name)`. */
  register(app: FastifyInstance, surroundings: Surroundings): void;
}
