import type { Transaction } from '#db/database.ts';
import { groupCommit } from '#db/group-commit.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import type { OperationId, OrderId, PaymentId } from '#kit/ids.ts';
import type { Money } from '#kit/money.ts';
import type { Card } from '../cards/card.ts';
import { holdChargeables } from '../cards/read-cards.ts';
import type { Answer, Call, Core } from '../core.ts';
import { type Outcomes, runTogether } from '../idempotency/run-together.ts';
import { requireAnswered } from '../operations/require-answered.ts';
import type { InitiatedPayment } from './initiate-payment.ts';
import { initiatePayments, type NewPayment } from './initiate-payments.ts';
import type { PaymentParticulars } from './payment.ts';

export interface ChargeCardInput {
  readonly customerId: string;
  readonly cardId: string;
  readonly amount: Money;
  readonly particulars: PaymentParticulars;
  /** `later` only reserves the funds. They are never let go by us: the caller may complete however late. */
  readonly capture?: 'now' | 'later';
}

export type ChargeCard = (call: Call, input: ChargeCardInput) => Promise<Answer<InitiatedPayment>>;

interface Charge {
  readonly call: Call;
  readonly input: ChargeCardInput;
  readonly foreseen: InitiatedPayment;
}

/**
 * Charges cards their holders let us keep, without the holders, each in an order of its own, and waits for the
 * processor's first answer. Intents that arrive together are written by one set of statements and one commit; only then
 * is any processor called. `not_found` where the customer or the card is not the tenant's, or the card not the
 * customer's; other errors as `initiatePayments`.
 */
export function cardCharging(core: Core): ChargeCard {
  const charge = groupCommit({
    run: (batch: readonly Charge[]) =>
      core.database.transaction((transaction) =>
        runTogether(core, transaction, batch, (fresh) => intendCharges(core, transaction, fresh)),
      ),
  });
  return async (call, input) => {
    const foreseen = { paymentId: core.ids.uuid() as PaymentId, operationId: core.ids.uuid() as OperationId };
    const answer = await charge({ call, input, foreseen });
    const { operationId } = answer.result;
    if (answer.replayed) await requireAnswered(core, call.tenant.id, operationId);
    else await core.processors.perform(call.tenant.id, operationId);
    return answer;
  };
}

async function intendCharges(
  core: Core,
  transaction: Transaction,
  charges: readonly Charge[],
): Promise<Outcomes<Charge, Answer<InitiatedPayment>>> {
  const cards = await holdChargeables(
    transaction,
    charges.map(({ call, input }) => ({ ...input, tenantId: call.tenant.id })),
  );
  const outcomes = new Map<Charge, Answer<InitiatedPayment> | CoreError>();
  const payments: NewPayment[] = [];
  const charged: Charge[] = [];
  for (const [index, charge] of charges.entries()) {
    const card = cards[index];
    if (card === undefined || card instanceof CoreError) {
      outcomes.set(charge, card ?? notFound('payment method'));
      continue;
    }
    charged.push(charge);
    payments.push(toPayment(core, charge, card));
  }
  const results = await initiatePayments(core, transaction, payments);
  for (const [index, charge] of charged.entries()) {
    const result = results[index];
    outcomes.set(charge, result instanceof CoreError ? result : { result: charge.foreseen, replayed: false });
  }
  return outcomes;
}

function toPayment(
  core: Core,
  { call, input, foreseen }: Charge,
  { id, connector, customerId }: Card,
): NewPayment {
  return {
    call,
    id: foreseen.paymentId,
    operationId: foreseen.operationId,
    orderId: core.ids.uuid() as OrderId,
    opensOrder: true,
    customerId,
    card: { id, connector, byPage: false },
    method: 'card',
    amount: input.amount,
    parameters: {},
    particulars: input.particulars,
    callbackUrl: null,
    ...(input.capture === 'later' ? { capture: 'later', authorisationMs: null } : {}),
  };
}
