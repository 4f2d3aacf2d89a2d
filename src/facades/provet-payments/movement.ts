/**
 * This dialect's Payment is one movement of money: a charge, or what follows one. A charge has the payment's own id, so
 * that every other dialect knows it by the same; a Complete or a Refund has its operation's.
 */
import type { Card } from '#core/cards/card.ts';
import { readCards } from '#core/cards/read-cards.ts';
import type { Core } from '#core/core.ts';
import type { Customer } from '#core/customers/customer.ts';
import { readCustomers } from '#core/customers/read-customers.ts';
import { readEventTimes } from '#core/events/read-event.ts';
import type { Operation } from '#core/operations/operation.ts';
import { findOperation } from '#core/operations/read-operations.ts';
import { type PaymentRecord, readPayment } from '#core/payments/read-payment.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { later } from '#kit/clock.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type OperationId } from '#kit/ids.ts';

/** What moved, without whom it concerns. */
export interface BareMovement {
  readonly record: PaymentRecord;
  readonly operation: Operation;
}

export interface Movement extends BareMovement {
  readonly id: string;
  readonly card: Card | undefined;
  readonly customer: Customer | undefined;
  /** In the tenant's time. */
  readonly at: Date;
}

/** The movement of this id. An unknown one, another tenant's and another dialect's are the same `not_found`. */
export async function readMovement(core: Core, tenant: Tenant, id: string): Promise<Movement> {
  const [movement] = await complement(core, tenant, [await findMovement(core, tenant, id)]);
  if (movement === undefined) throw notFound('payment');
  return movement;
}

/** The same for who only has to know what it is. */
export async function findMovement(core: Core, tenant: Tenant, id: string): Promise<BareMovement> {
  const record = await findRecord(core, tenant, id.toLowerCase());
  const movements = record === undefined ? [] : movementsOf(record);
  const found = movements.find((movement) => idOf(movement) === id.toLowerCase());
  if (found === undefined) throw notFound('payment');
  return found;
}

async function findRecord(core: Core, tenant: Tenant, id: string): Promise<PaymentRecord | undefined> {
  if (!isUuid(id)) return undefined;
  const [charge, operation] = await Promise.all([
    readIfKnown(core, tenant, id),
    findOperation(core, tenant.id, id as OperationId),
  ]);
  return operation === undefined ? charge : readIfKnown(core, tenant, operation.paymentId);
}

async function readIfKnown(core: Core, tenant: Tenant, id: string): Promise<PaymentRecord | undefined> {
  return readPayment(core, tenant, id).catch((error: unknown) => {
    if (error instanceof CoreError) return undefined;
    throw error;
  });
}

/** The movements of payments, in the order they were made. What never reached the processor is none. */
export async function toMovements(
  core: Core,
  tenant: Tenant,
  records: readonly PaymentRecord[],
): Promise<Movement[]> {
  return complement(core, tenant, records.flatMap(movementsOf));
}

function movementsOf(record: PaymentRecord): BareMovement[] {
  if (record.payment.customerId === null) return [];
  return record.operations
    .filter((one) => isMovement(record, one))
    .map((operation) => ({ record, operation }));
}

async function complement(
  core: Core,
  tenant: Tenant,
  movements: readonly BareMovement[],
): Promise<Movement[]> {
  const [cards, customers, times] = await Promise.all([
    readCards(core.database, tenant.id, unique(movements.flatMap(({ record }) => cardIdOf(record)))),
    readCustomers(
      core.database,
      tenant.id,
      unique(movements.flatMap(({ record }) => record.payment.customerId ?? [])),
    ),
    readEventTimes(
      core.database,
      tenant.id,
      movements.flatMap(({ operation }) => (isCharge(operation) ? [] : [operation.id])),
    ),
  ]);
  return movements.map(({ record, operation }) => {
    const [cardId] = cardIdOf(record);
    const { customerId } = record.payment;
    return {
      id: idOf({ record, operation }),
      record,
      operation,
      card: cardId === undefined ? undefined : cards.get(cardId),
      customer: customerId === null ? undefined : customers.get(customerId),
      at: timeOf(tenant, record, operation, times),
    };
  });
}

function unique<Id>(ids: readonly Id[]): Id[] {
  return [...new Set(ids)];
}

function idOf({ record, operation }: BareMovement): string {
  return isCharge(operation) ? record.payment.id : operation.id;
}

export function isCharge({ kind }: Pick<Operation, 'kind'>): boolean {
  return kind === 'purchase' || kind === 'auth';
}

/** A page nobody paid on is no payment, nor is the validation of a card. */
function isMovement({ payment }: PaymentRecord, operation: Operation): boolean {
  if (!isCharge(operation) && operation.kind !== 'complete' && operation.kind !== 'refund') return false;
  if (operation.status === 'absent' || operation.status === 'awaiting-payer') return false;
  return payment.status !== 'aborted' && !(operation.byPage && operation.status === 'intended');
}

function cardIdOf({ operations }: PaymentRecord) {
  const charge = operations.find(isCharge);
  return charge?.cardId == null ? [] : [charge.cardId];
}

/** Operations live in wall time; what they did to a payment stands in its history and its events, in the tenant's. */
function timeOf(
  tenant: Tenant,
  { payment, transitions }: PaymentRecord,
  operation: Operation,
  times: ReadonlyMap<string, Date>,
): Date {
  if (isCharge(operation)) return payment.createdAt;
  const taken = transitions.find(({ toStatus }) => toStatus === 'completed')?.at;
  const known = operation.kind === 'complete' && operation.status === 'approved' ? taken : undefined;
  return known ?? times.get(operation.id) ?? later(operation.createdAt, tenant.clockOffsetMs);
}
