import type { Transaction } from '#db/database.ts';
import { minorToJson } from '#kit/money.ts';
import type { Core } from '../core.ts';
import type { NewEvent } from '../events/event.ts';
import { recordEvents } from '../events/record-events.ts';
import { updateAttempts } from './attempts/store.ts';
import {
  type Attempt,
  type HeldPayout,
  type Payout,
  type PayoutStatus,
  payoutTransitions,
} from './payout.ts';
import { updateStatuses } from './store.ts';

/** Where a payout that the caller holds goes, and what becomes of its attempt meanwhile. */
export interface PayoutMove {
  readonly held: HeldPayout;
  readonly to: PayoutStatus;
  readonly reason?: string;
  /** The attempt as it is from now on; absent where nothing of it changes. */
  readonly attempt?: Attempt;
  /** When it goes on by itself; null where it waits for somebody. */
  readonly dueAt: Date | null;
  readonly at: Date;
}

export type HoldMove = PayoutMove & { readonly reason: string };

/** The move of a payout whose account holds: it waits for somebody to release it. */
export function toHeld(held: HeldPayout, at: Date): HoldMove {
  return { held, to: 'held', reason: 'waits to be released', dueAt: null, at };
}

/**
 * Moves payouts that the caller holds, with their events, in one set of statements. A move the table does not know is a
 * bug and throws. Answers them as they are now, in order.
 */
export async function movePayouts(
  core: Core,
  transaction: Transaction,
  moves: readonly PayoutMove[],
): Promise<HeldPayout[]> {
  if (moves.length === 0) return [];
  for (const move of moves) requireKnown(move);
  const attempts = moves.flatMap(({ attempt }) => attempt ?? []);
  await updateAttempts(transaction, attempts);
  const changes = moves.map(({ held, to, reason = '', attempt = held.attempt, dueAt, at }) => ({
    payout: held.payout,
    to,
    reason,
    attempt: attempt.attempt,
    dueAt,
    at,
  }));
  const moved = await updateStatuses(transaction, changes);
  if (moved.length !== moves.length) throw new Error('a payout changed while it was held');
  const present = moves.map(asMoved);
  await recordEvents(core, transaction, present.map(moveEvent));
  return present;
}

function requireKnown({ held: { payout }, to }: PayoutMove): void {
  const allowed: readonly PayoutStatus[] = payoutTransitions[payout.status];
  if (!allowed.includes(to)) throw new Error(`payout ${payout.id} cannot go from ${payout.status} to ${to}`);
}

/** The payout as a move leaves it. */
export function asMoved({ held, to, attempt = held.attempt, dueAt, at }: PayoutMove): HeldPayout {
  const { payout } = held;
  return {
    payout: {
      ...payout,
      status: to,
      attempt: attempt.attempt,
      dueAt,
      updatedAt: at,
      version: payout.version + 1,
    },
    attempt,
  };
}

/** What is told of a payout that was just moved. */
export function moveEvent({ payout }: HeldPayout): NewEvent {
  return eventOf(payout, `payout.${payout.status}`, payout.updatedAt);
}

/** What is told of a payout: who it is and how it stands, and nothing of its payee. */
export function eventOf(payout: Payout, type: string, at: Date): NewEvent {
  return {
    tenantId: payout.tenantId,
    type,
    subject: { kind: 'payout', id: payout.id, version: payout.version },
    data: {
      payoutId: payout.id,
      reference: payout.reference,
      amount: minorToJson(payout.amount),
      currency: 'USD',
      status: payout.status,
      attempt: payout.attempt,
    },
    at,
  };
}
