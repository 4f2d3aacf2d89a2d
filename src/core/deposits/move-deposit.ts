import type { Transaction } from '#db/database.ts';
import type { LinkId, PaymentId } from '#kit/ids.ts';
import { minorToJson, money } from '#kit/money.ts';
import { accounts } from '#ledger/accounts.ts';
import { type Movement, post } from '#ledger/post.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Deposit, Place } from './deposit.ts';
import { updatePlaces } from './store.ts';

/** The ledger account that holds what is in a place. What went back is no longer in the bank account. */
const accountOf = {
  unallocated: accounts.unallocatedDeposits,
  matched: accounts.matchedDeposits,
  surplus: accounts.surplusDeposits,
  returned: accounts.bank,
} as const satisfies Record<Place, string>;

export interface DepositMove {
  readonly from: Place;
  /** Minor units into each place; what is not moved stays. */
  readonly to: Partial<Record<Place, bigint>>;
  readonly linkId?: LinkId | null;
  readonly paymentId?: PaymentId | null;
  /** The last word of the event: `deposit.matched`. */
  readonly event: 'matched' | 'released' | 'returned' | 'reconciled';
  readonly at: Date;
}

/**
 * Moves money of a deposit that the caller holds from one place to others: in its row, in the ledger and in the log, all
 * of it or nothing.
 */
export async function moveDeposit(
  core: Core,
  transaction: Transaction,
  deposit: Deposit,
  move: DepositMove,
): Promise<Deposit> {
  const parts = Object.entries(move.to).filter(([, amount]) => amount > 0n) as [Place, bigint][];
  const places = {
    unallocated: deposit.unallocated,
    matched: deposit.matched,
    surplus: deposit.surplus,
    returned: deposit.returned,
  };
  for (const [place, amount] of parts) {
    places[move.from] -= amount;
    places[place] += amount;
  }
  const moved = await updatePlaces(transaction, deposit, {
    ...places,
    linkId: move.linkId ?? deposit.linkId,
    paymentId: move.paymentId ?? deposit.paymentId,
  });
  if (moved === undefined) throw new Error(`deposit ${deposit.id} changed while it was held`);
  const movements = parts.map(
    ([place, amount]): Movement => ({
      debit: accountOf[move.from],
      credit: accountOf[place],
      amount: money(amount, deposit.currency),
    }),
  );
  post(core.ids, transaction, {
    tenantId: deposit.tenantId,
    kind: `deposit-${move.event}`,
    reference: `deposit:${deposit.id}:${moved.version}`,
    ...(moved.paymentId === null ? {} : { paymentId: moved.paymentId }),
    movements,
    at: move.at,
  });
  await tell(core, transaction, moved, move.event, move.at);
  return moved;
}

/** Writes what happened to a deposit into the log: where its money is now, and nothing of who sent it. */
export async function tell(
  core: Core,
  transaction: Transaction,
  deposit: Deposit,
  event: DepositMove['event'] | 'received',
  at: Date,
): Promise<void> {
  await recordEvents(core, transaction, [
    {
      tenantId: deposit.tenantId,
      type: `deposit.${event}`,
      subject: { kind: 'deposit', id: deposit.id, version: deposit.version },
      data: {
        depositId: deposit.id,
        linkId: deposit.linkId,
        paymentId: deposit.paymentId,
        currency: deposit.currency,
        amount: minorToJson(deposit.amount),
        unallocated: minorToJson(deposit.unallocated),
        matched: minorToJson(deposit.matched),
        surplus: minorToJson(deposit.surplus),
        returned: minorToJson(deposit.returned),
      },
      at,
    },
  ]);
}
