import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { claimKeys, keepResult, releaseKeys } from './claim-keys.ts';

/** One call of several that are done together. */
export interface Asked<Result> {
  readonly call: Call;
  /** What it is answered if nothing is in its way: kept under its key before it is done. */
  readonly foreseen: Result;
}

/** What became of each request that was done: its answer, or its refusal. */
export type Outcomes<Request, Done> = ReadonlyMap<Request, Done | CoreError>;

/**
 * `runOnce` for several calls in one transaction. `effect` is given those whose keys are fresh and answers what became of
 * each; one that it refuses leaves its key unused and holds up no other. Answers each request in its place.
 */
export async function runTogether<Request extends Asked<unknown>, Done extends Answer<Request['foreseen']>>(
  core: Core,
  transaction: Transaction,
  requests: readonly Request[],
  effect: (fresh: readonly Request[]) => Promise<Outcomes<Request, Done>>,
): Promise<(Done | Answer<Request['foreseen']> | Error)[]> {
  const uses = requests.map(({ call, foreseen }) => ({ call, result: foreseen }));
  const claims = await claimKeys(core, transaction, uses);
  const fresh = requests.filter((_, index) => claims[index]?.kind === 'fresh');
  const outcomes = fresh.length === 0 ? new Map<Request, Done | CoreError>() : await effect(fresh);
  await settleKeys(transaction, outcomes);
  const firsts = new Map(fresh.map((request) => [keyOf(request.call), request]));
  return requests.map((request, index) => {
    const claim = claims[index];
    if (claim?.kind === 'refused') return claim.error;
    if (claim?.kind === 'replay')
      return repeat<Request['foreseen']>(claim.result, outcomeOf(outcomes, firsts.get(keyOf(request.call))));
    return outcomeOf(outcomes, request) ?? new Error('A request was neither done nor refused.');
  });
}

/** A key is kept with the answer that came of its request: without one where it was refused. */
async function settleKeys<Request extends Asked<unknown>>(
  transaction: Transaction,
  outcomes: Outcomes<Request, Answer<unknown>>,
): Promise<void> {
  const refused: Call[] = [];
  for (const [{ call, foreseen }, outcome] of outcomes) {
    if (outcome instanceof CoreError) refused.push(call);
    else if (outcome.result !== foreseen) await keepResult(transaction, call, outcome.result);
  }
  await releaseKeys(transaction, refused);
}

/** The first use of a key may stand among the same requests: then its repetition ends as that did. */
function repeat<Result>(
  kept: Result,
  first: Answer<Result> | CoreError | undefined,
): Answer<Result> | CoreError {
  if (first instanceof CoreError) return first;
  return { result: first === undefined ? kept : first.result, replayed: true };
}

function outcomeOf<Request, Done>(
  outcomes: Outcomes<Request, Done>,
  request: Request | undefined,
): Done | CoreError | undefined {
  return request === undefined ? undefined : outcomes.get(request);
}

function keyOf({ tenant, idempotency }: Call): string | undefined {
  return idempotency === undefined ? undefined : `${tenant.id}\n${idempotency.scope}\n${idempotency.key}`;
}
