import type { Transaction } from '#db/database.ts';
import { groupCommit } from '#db/group-commit.ts';
import { CoreError, invalid } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { findSubscriptions } from '../event-subscriptions/find-subscribed.ts';
import type { NewEvent } from '../events/event.ts';
import { recordEvents } from '../events/record-events.ts';
import { type Asked, type Outcomes, runTogether } from '../idempotency/run-together.ts';
import type { PayoutAccount } from '../payout-accounts/account.ts';
import { findPayoutAccount, findPayoutAccounts, type NamedAccount } from '../payout-accounts/open-account.ts';
import { hasConsent } from '../payout-accounts/record-consent.ts';
import { checkOrder } from './check-order.ts';
import { asMoved, eventOf, type HoldMove, moveEvent, toHeld } from './move-payouts.ts';
import { deliveryOf, type PayoutOrder } from './order.ts';
import type { HeldPayout, Payout, PayoutId } from './payout.ts';
import { preparePayout } from './prepare-payout.ts';
import { insertPayouts, selectByReferences } from './store.ts';

export interface NewPayout {
  /** Which of the tenant's accounts pays. */
  readonly accountId: string;
  readonly order: PayoutOrder;
}

export interface CreatedPayout {
  readonly payoutId: PayoutId;
  /** Whether the same had been ordered before, under the same reference. */
  readonly existed: boolean;
}

/** What a request for a payout is answered. */
export interface PayoutAnswer extends Answer<CreatedPayout> {
  /** The payout as it was made; absent where it was made before. */
  readonly payout?: Payout;
}

export type CreatePayout = (call: Call, input: NewPayout) => Promise<PayoutAnswer>;

/**
 * Orders payouts. Requests that arrive together are written by one set of statements and one commit; one that is refused
 * does not hold up the others. The payer's reference names a payout for ever: the same order again answers the same
 * payout, another one under a used reference is `conflict`. What the order gets wrong is `validation_failed`, or an
 * UnbalancedError.
 */
export function payoutCreation(core: Core): CreatePayout {
  const findAccount = groupCommit({
    run: (named: readonly NamedAccount[]) => findPayoutAccounts(core, named),
  });
  const create = groupCommit({ run: (batch: readonly Request[]) => createBatch(core, batch) });
  return async (call, { accountId, order }) => {
    checkOrder(order);
    const account = known(await findAccount({ tenantId: call.tenant.id, id: accountId }));
    if (deliveryOf(order) === 'VIRTUAL_CARD') await requireConsent(core, call.tenant.id, order);
    const held = preparePayout(core, call, { account, order, batchId: null });
    const move = account.settings.hold ? toHeld(held, held.payout.createdAt) : undefined;
    return create({ call, held, move, foreseen: { payoutId: held.payout.id, existed: false } });
  };
}

interface Request extends Asked<CreatedPayout> {
  readonly held: HeldPayout;
  /** Where its account holds it waits from the start: decided here, that takes no second transaction. */
  readonly move: HoldMove | undefined;
}

async function createBatch(core: Core, batch: readonly Request[]): Promise<(PayoutAnswer | Error)[]> {
  const answers = await core.database.transaction((transaction) =>
    runTogether(core, transaction, batch, (fresh) => insertFresh(core, transaction, fresh)),
  );
  if (batch.some(({ move }) => move === undefined)) core.work.nudge('payouts');
  return answers;
}

async function insertFresh(
  core: Core,
  transaction: Transaction,
  fresh: readonly Request[],
): Promise<Outcomes<Request, PayoutAnswer>> {
  // In one order everywhere: two that use the same references at once wait for each other.
  const rows = fresh.map(({ held, move }) => ({ ...held, heldBecause: move?.reason }));
  const sorted = rows.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const [made, subscriptions] = await Promise.all([
    insertPayouts(transaction, sorted),
    findSubscriptions(
      transaction,
      fresh.map(({ call }) => call.tenant.id),
    ),
  ]);
  const inserted = new Set(made);
  const isMade = ({ held: { payout } }: Request) => inserted.has(payout.id);
  const outcomes = new Map<Request, PayoutAnswer | CoreError>();
  for (const request of fresh) {
    const { foreseen, held } = request;
    const answer = { result: foreseen, replayed: false, payout: held.payout };
    outcomes.set(request, isMade(request) ? answer : await findSame(transaction, held));
  }
  await recordEvents(core, transaction, fresh.filter(isMade).flatMap(eventsOf), subscriptions);
  return outcomes;
}

function eventsOf({ held: { payout }, move }: Request): NewEvent[] {
  const created = eventOf(payout, 'payout.created', payout.createdAt);
  return move === undefined ? [created] : [created, moveEvent(asMoved(move))];
}

function placeOf({ payout }: HeldPayout): string {
  return `${payout.tenantId} ${payout.reference}`;
}

/** The tenant's account of this name; unknown and another tenant's are `validation_failed`. */
export async function requireAccount(
  core: Parameters<typeof findPayoutAccount>[0],
  tenantId: TenantId,
  id: string,
): Promise<PayoutAccount> {
  return known(await findPayoutAccount(core, tenantId, id));
}

function known(account: PayoutAccount | undefined): PayoutAccount {
  if (account !== undefined) return account;
  throw invalid('accountId', 'invalid_format', 'accountId: there is no such account');
}

/** Providers lose by cards they did not ask for: without the payee's stored consent none is issued. */
export async function requireConsent(
  core: Parameters<typeof hasConsent>[0],
  tenantId: TenantId,
  { payeeDetails: { npi, tin } }: Pick<PayoutOrder, 'payeeDetails'>,
): Promise<void> {
  const names = [npi, tin].filter((name) => name !== undefined);
  if (await hasConsent(core, tenantId, names)) return;
  const property = 'paymentDetails.deliveryMethod';
  throw invalid(property, 'invalid_enum', `${property}: the payee has not consented to a virtual card`);
}

/** The payout that has this reference already, if it was ordered the same way. */
async function findSame(
  transaction: Transaction,
  { payout }: HeldPayout,
): Promise<Answer<CreatedPayout> | CoreError> {
  const [found] = await selectByReferences(transaction, payout.tenantId, [payout.reference]);
  if (found?.inputHash.equals(payout.inputHash) === true)
    return { result: { payoutId: found.id, existed: true }, replayed: false };
  return new CoreError('conflict', 'This issuerReferenceId was used before for another payment.');
}
