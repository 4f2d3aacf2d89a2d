import type { Transaction } from '#db/database.ts';
import { minorToJson } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { type Payment, type PaymentStatus, paymentTransitions } from './payment.ts';
import { updateStatus } from './status/store.ts';

export interface Move {
  readonly to: PaymentStatus;
  readonly reason: string;
  /** In the tenant's time. */
  readonly at: Date;
  /** Minor units taken, where the move takes money. */
  readonly captured?: bigint;
  readonly superseded?: boolean;
  /** Minor units that have come by deposits: by the last one, and in all. */
  readonly funds?: Funds;
  /** When the hold on the money ends, where the move begins one. */
  readonly lapsesAt?: Date | null;
}

export interface Funds {
  readonly received: bigint;
  readonly receivedTotal: bigint;
}

/**
 * Moves a payment that the caller holds, with its transition, its event and the callback it owes. Moving to where it
 * is changes nothing, unless money came with it. A move the table does not know is a bug and throws.
 */
export async function movePayment(
  core: Core,
  transaction: Transaction,
  payment: Payment,
  move: Move,
): Promise<Payment> {
  if (payment.status === move.to && move.funds === undefined) return payment;
  const allowed: readonly PaymentStatus[] = paymentTransitions[payment.status];
  if (!allowed.includes(move.to))
    throw new Error(`payment ${payment.id} cannot go from ${payment.status} to ${move.to}`);
  const moved = await updateStatus(transaction, payment, {
    status: move.to,
    captured: move.captured ?? payment.captured,
    superseded: move.superseded ?? payment.superseded,
    funds: move.funds ?? null,
    lapsesAt: move.lapsesAt ?? null,
    reason: move.reason,
    at: move.at,
  });
  if (moved === undefined) throw new Error(`payment ${payment.id} changed while it was held`);
  await recordEvents(core, transaction, [
    {
      tenantId: moved.tenantId,
      type: `payment.${moved.status}`,
      subject: { kind: 'payment', id: moved.id, version: moved.version },
      data: { ...describePayment(moved, move.reason), ...describeFunds(move.funds) },
      at: move.at,
      ...(moved.callbackUrl === null ? {} : { callback: { dialect: moved.origin, url: moved.callbackUrl } }),
    },
  ]);
  return moved;
}

function describeFunds(funds: Funds | undefined): Record<string, unknown> {
  if (funds === undefined) return {};
  return { received: minorToJson(funds.received), receivedTotal: minorToJson(funds.receivedTotal) };
}

/** What an event says of a payment: nothing personal. */
export function describePayment(payment: Payment, reason: string): Record<string, unknown> {
  return {
    paymentId: payment.id,
    orderId: payment.orderId,
    linkId: payment.linkId,
    status: payment.status,
    amount: minorToJson(payment.amount),
    currency: payment.currency,
    method: payment.method,
    reason,
    given: { metadata: payment.particulars.given.metadata ?? {} },
  };
}
