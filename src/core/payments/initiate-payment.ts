import type { Transaction } from '#db/database.ts';
import { groupCommit } from '#db/group-commit.ts';
import { CoreError } from '#kit/errors.ts';
import type { OperationId, PaymentId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { type Outcomes, runTogether } from '../idempotency/run-together.ts';
import { requireAnswered } from '../operations/require-answered.ts';
import { initiatePayments, type NewPayment } from './initiate-payments.ts';

export type InitiatePaymentInput = Omit<NewPayment, 'call' | 'id' | 'operationId' | 'link'>;

/** The payment, and the operation that charges it. */
export interface InitiatedPayment {
  readonly paymentId: PaymentId;
  readonly operationId: OperationId;
}

interface Initiation {
  readonly call: Call;
  readonly input: InitiatePaymentInput;
  readonly foreseen: InitiatedPayment;
}

export type InitiatePayment = (call: Call, input: InitiatePaymentInput) => Promise<Answer<InitiatedPayment>>;

/**
 * Starts payments in orders and waits for the processor's first answer to each. Intents that arrive together are
 * written by one set of statements and one commit; only then is any processor called. Errors as `initiatePayments`.
 */
export function paymentInitiation(core: Core): InitiatePayment {
  const initiate = groupCommit({
    run: (batch: readonly Initiation[]) =>
      core.database.transaction((transaction) =>
        runTogether(core, transaction, batch, (fresh) => initiateBatch(core, transaction, fresh)),
      ),
  });
  return async (call, input) => {
    const foreseen = { paymentId: core.ids.uuid() as PaymentId, operationId: core.ids.uuid() as OperationId };
    const answer = await initiate({ call, input, foreseen });
    const { result, replayed } = answer;
    if (replayed) await requireAnswered(core, call.tenant.id, result.operationId);
    else await core.processors.perform(call.tenant.id, result.operationId);
    return answer;
  };
}

async function initiateBatch(
  core: Core,
  transaction: Transaction,
  batch: readonly Initiation[],
): Promise<Outcomes<Initiation, Answer<InitiatedPayment>>> {
  const results = await initiatePayments(
    core,
    transaction,
    batch.map(({ call, input, foreseen: { paymentId: id, operationId } }) => ({
      ...input,
      call,
      id,
      operationId,
    })),
  );
  return new Map(
    batch.map((one, index) => {
      const result = results[index];
      return [one, result instanceof CoreError ? result : { result: one.foreseen, replayed: false }];
    }),
  );
}
