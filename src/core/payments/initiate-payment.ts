import { groupCommit } from '#db/group-commit.ts';
import { CoreError } from '#kit/errors.ts';
import type { OperationId, PaymentId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { claimKeys, releaseKeys } from '../idempotency/claim-keys.ts';
import { initiatePayments, type NewPayment } from './initiate-payments.ts';

export type InitiatePaymentInput = Omit<NewPayment, 'call' | 'id' | 'operationId' | 'link'>;

export type InitiatePayment = (
  call: Call,
  input: InitiatePaymentInput,
) => Promise<Answer<{ paymentId: PaymentId }>>;

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
    if (!answer.replayed) await core.processors.perform(call.tenant.id, operationId);
    return answer;
  };
}

type Result = Answer<{ paymentId: PaymentId }> | Error;

/** The first use of the key may stand in this very batch and have been refused: then its repetition is, too. */
function replay(result: { paymentId: PaymentId }, refused: ReadonlyMap<NewPayment, CoreError>): Result {
  const original = [...refused].find(([{ id }]) => id === result.paymentId);
  return original?.[1] ?? { result, replayed: true };
}

async function initiateBatch(core: Core, batch: readonly NewPayment[]): Promise<Result[]> {
  return core.database.transaction(async (transaction) => {
    const uses = batch.map(({ call, id }) => ({ call, result: { paymentId: id } }));
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
      if (claim?.kind === 'replay') return replay(claim.result as { paymentId: PaymentId }, refused);
      return refused.get(one) ?? { result: { paymentId: one.id }, replayed: false };
    });
  });
}
