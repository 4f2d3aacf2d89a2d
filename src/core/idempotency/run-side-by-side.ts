import type { Transaction } from '#db/database.ts';
import { groupCommit } from '#db/group-commit.ts';
import { orEachAlone } from '#db/or-each-alone.ts';
import { sideBySide } from '#db/side-by-side.ts';
import { CoreError } from '#kit/errors.ts';
import type { Answer, Core } from '../core.ts';
import { type Asked, runTogether } from './run-together.ts';

interface Work<Request extends Asked<unknown>> {
  /** What a request changes: requests of one subject are done one after another. Locks are taken in this order. */
  subjectOf(request: Request): string;
  /** Does what one request asks for. It must refuse, by a CoreError, before it writes: what it wrote would stay. */
  effect(lane: Transaction, request: Request): Promise<void>;
}

/**
 * `runOnce` for an operation of which many are asked for at once: those that arrive together share a transaction, and
 * each is written as if it were alone, in a lane of its own. One that is refused, or fails, holds up no other. Answers
 * what was foreseen for the request, or for the first one under its key.
 */
export function runSideBySide<Request extends Asked<unknown>>(
  core: Core,
  work: Work<Request>,
): (request: Request) => Promise<Answer<Request['foreseen']>> {
  const run = (batch: readonly Request[]) =>
    core.database.transaction((transaction) =>
      runTogether<Request, Answer<Request['foreseen']>>(core, transaction, batch, (fresh) =>
        doAll(transaction, fresh, work),
      ),
    );
  return groupCommit({ run: (batch: readonly Request[]) => orEachAlone(batch, run) });
}

async function doAll<Request extends Asked<unknown>>(
  transaction: Transaction,
  requests: readonly Request[],
  { subjectOf, effect }: Work<Request>,
): Promise<ReadonlyMap<Request, Answer<Request['foreseen']> | CoreError>> {
  const outcomes = new Map<Request, Answer<Request['foreseen']> | CoreError>();
  const bySubject = [...Map.groupBy(requests, subjectOf)].sort(([one], [other]) => (one < other ? -1 : 1));
  await sideBySide(
    transaction,
    bySubject.map(([, ofOne]) => async (lane) => {
      for (const request of ofOne) outcomes.set(request, await attempt(lane, request, effect));
    }),
  );
  return outcomes;
}

async function attempt<Request extends Asked<unknown>>(
  lane: Transaction,
  request: Request,
  effect: Work<Request>['effect'],
): Promise<Answer<Request['foreseen']> | CoreError> {
  try {
    await effect(lane, request);
    return { result: request.foreseen, replayed: false };
  } catch (error) {
    if (error instanceof CoreError) return error;
    throw error;
  }
}
