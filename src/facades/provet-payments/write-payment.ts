import type { Operation, OperationStatus } from '#core/operations/operation.ts';
import { later } from '#kit/clock.ts';
import type { OperationKind } from '#kit/connector.ts';
import { isCharge, type Movement } from './movement.ts';
import type { ChargeGiven } from './read-charge-body.ts';
import { writeAmount } from './wire.ts';
import { writeClient } from './write-client.ts';

const types = {
  purchase: 'Purchase',
  auth: 'Auth',
  complete: 'Complete',
  refund: 'Refund',
  validate: 'Auth',
  void: 'Auth',
} as const satisfies Record<OperationKind, string>;

/** What is told of the outcome. A decline is told in the processor's words. */
const notes = {
  intended: () => pending,
  'awaiting-payer': () => pending,
  unknown: () => pending,
  approved: () => 'APPROVED',
  declined: ({ code, message }) => [message || 'DECLINED', code && `(${code})`].filter(Boolean).join(' '),
  absent: () => 'The processor has no record of it.',
} as const satisfies Record<OperationStatus, (operation: Operation) => string>;

const pending = 'PENDING: the outcome is not known yet. Do not charge again; ask for this payment later.';

/** How long a card scheme is said to reserve funds (seed). */
const reservedMs = 7 * 86_400_000;

export function writePayment(movement: Movement) {
  const { id, record, operation, card, customer, at } = movement;
  const { payment } = record;
  const given = givenOf(movement);
  const { Description } = payment.particulars.given as ChargeGiven;
  const isPending = operation.resolvedAt === null;
  const client = customer === undefined ? null : writeClient(customer);
  return {
    Id: id,
    Description: Description ?? payment.particulars.description,
    Date: at.toISOString(),
    Amount: writeAmount(operation.amount, operation.currency),
    Currency: operation.currency,
    Type: types[operation.kind],
    MaskedCardNumber: card?.maskedNumber ?? null,
    CardType: card?.brand ?? null,
    CardHolderName: card?.holderName ?? null,
    Client: client,
    'Client details': client,
    Success: operation.status === 'approved',
    Notes: notes[operation.status](operation),
    Pending: isPending,
    Surcharge: writeAmount(BigInt(given.Surcharge ?? 0), operation.currency),
    MerchantNotes: given.Notes ?? null,
    ClientId: payment.customerId,
    PaymentMethodId: card?.id ?? null,
    SubscriptionId: payment.subscriptionId,
    OriginalPaymentId: isCharge(operation) ? null : originalOf(movement),
    FundsGuaranteed: operation.kind === 'complete' ? isGuaranteed(movement) : null,
  };
}

/** What was given with this movement: a Complete has notes and a surcharge of its own, a Refund neither. */
function givenOf({ record, operation }: Movement): ChargeGiven {
  if (isCharge(operation)) return record.payment.particulars.given as ChargeGiven;
  return operation.kind === 'complete' ? (operation.parameters as ChargeGiven) : {};
}

/** A refund of what a Complete took follows the Complete. */
function originalOf({ record, operation }: Movement): string {
  const completed = record.operations.find(
    ({ kind, status }) => kind === 'complete' && status === 'approved',
  );
  return operation.kind === 'refund' && completed !== undefined ? completed.id : record.payment.id;
}

/** Whether all of it was reserved: within the authorised amount, and within seven days of it (seed). */
function isGuaranteed({ record: { payment }, operation, at }: Movement): boolean {
  return operation.amount <= payment.amount && at <= later(payment.createdAt, reservedMs);
}
