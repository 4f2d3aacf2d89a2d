import { groupCommit } from '#db/group-commit.ts';
import { CoreError } from '#kit/errors.ts';
import type { OperationId, PaymentId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { claimKeys, releaseKeys } from '../idempotency/claim-keys.ts';
import { requireAnswered } from '../operations/require-answered.ts';
import { initiatePayments, type NewPayment } from './initiate-payments.ts';

export type InitiatePaymentInput = Omit<NewPayment, 'call' | 'id' | 'operationId' | 'link'>;

/** The payment, and the operation that charges it. */
export interface InitiatedPayment {
  readonly paymentId: PaymentId;
  readonly operationId: OperationId;
}

export type InitiatePayment = (call: Call, input: InitiatePaymentInput) => Promise<Answer<InitiatedPayment>>;

/**
 * Starts payments in orders and waits for the processor's first answer to each. Intents that arrive together are
 * written by one set of statements and one commit; only then is any processor called. Errors as `initiatePayments`.
 */
export function paymentInitiation(core: Core): InitiatePayment {
  const initiate = groupCommit({ run: (batch: readonly NewPayment[]) => initiateBatch(core, batch) });
  return async (call, input) => {
    const id = core.ids.uuid() as PaymentId;
    const operationId = core.ids.uuid() as OperationId;
    const answer = await initiate({ ...input, call, id, operationId });
    const { result, replayed } = answer;
    if (replayed) await requireAnswered(core, call.tenant.id, result.operationId);
    else await core.processors.perform(call.tenant.id, result.operationId);
    return answer;
  };
}

type Result = Answer<InitiatedPayment> | Error;

/** The first use of the key may stand in this very batch and have been refused: then its repetition is, too. */
function replay(result: InitiatedPayment, refused: ReadonlyMap<NewPayment, CoreError>): Result {
  const original = [...refused].find(([{ id }]) => id === result.paymentId);
  return original?.[1] ?? { result, replayed: true };
}

async function initiateBatch(core: Core, batch: readonly NewPayment[]): Promise<Result[]> {
  return core.database.transaction(async (transaction) => {
    const uses = batch.map(({ call, id, operationId }) => ({ call, result: { paymentId: id, operationId } }));
    const claims = await claimKeys(core, transaction, uses);
    const fresh = batch.filter((_, index) => claims[index]?.kind === 'fresh');
    const made = fresh.length === 0 ? [] : await initiatePayments(core, transaction, fresh);
    const refused = new Map(
      fresh.flatMap((one, index) => {
        const result = made[index];
        return result instanceof CoreError ? [[one, result] as const] : [];
      }),
    );
    await releaseKeys(
      transaction,
      [...refused.keys()].map(({ call }) => call),
    );
    return batch.map((one, index): Result => {
      const claim = claims[index];
      if (claim?.kind === 'refused') return claim.error;
      if (claim?.kind === 'replay') return replay(claim.result as InitiatedPayment, refused);
      const { id: paymentId, operationId } = one;
      return refused.get(one) ?? { result: { paymentId, operationId }, replayed: false };
    });
  });
}
