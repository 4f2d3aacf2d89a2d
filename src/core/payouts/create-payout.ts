import { CoreError, invalid } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import { hashToken } from '#kit/secrets.ts';
import type { Answer, Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { runOnce } from '../idempotency/run-once.ts';
import type { PayoutAccount } from '../payout-accounts/account.ts';
import { findPayoutAccount } from '../payout-accounts/open-account.ts';
import { hasConsent } from '../payout-accounts/record-consent.ts';
import { businessNow } from '../tenants/tenant.ts';
import { checkOrder } from './check-order.ts';
import { eventOf } from './move-payouts.ts';
import { deliveryOf, type PayoutOrder } from './order.ts';
import { sealPayeeNumber } from './payee-number.ts';
import { type HeldPayout, newAttempt, type PayoutId, railOf } from './payout.ts';
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

/**
 * Orders a payout. The payer's reference names it for ever: the same order again answers the same payout, another one
 * under a used reference is `conflict`. What the order gets wrong is `validation_failed`, or an UnbalancedError.
 */
export async function createPayout(core: Core, call: Call, input: NewPayout): Promise<Answer<CreatedPayout>> {
  const { order } = input;
  checkOrder(order);
  const account = await requireAccount(core, call.tenant.id, input.accountId);
  if (deliveryOf(order) === 'VIRTUAL_CARD') await requireConsent(core, call.tenant.id, order);
  const held = preparePayout(core, call, { account, order, batchId: null });
  const answer = await runOnce(core, call, async (transaction): Promise<CreatedPayout> => {
    const [made] = await insertPayouts(transaction, [held]);
    if (made === undefined) {
      const payoutId = await requireSame(transaction, held);
      return { payoutId, existed: true };
    }
    const { payout } = held;
    await recordEvents(core, transaction, [eventOf(payout, 'payout.created', payout.createdAt)]);
    return { payoutId: made, existed: false };
  });
  core.work.nudge('payouts');
  return answer;
}

/** The tenant's account of this name; unknown and another tenant's are `validation_failed`. */
export async function requireAccount(
  core: Parameters<typeof findPayoutAccount>[0],
  tenantId: TenantId,
  id: string,
): Promise<PayoutAccount> {
  const account = await findPayoutAccount(core, tenantId, id);
  if (account === undefined)
    throw invalid('accountId', 'invalid_format', 'accountId: there is no such account');
  return account;
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

/** The row of a payout that is checked and not yet written. One of a batch waits until the batch is started. */
export function preparePayout(
  core: Pick<Core, 'ids' | 'clock' | 'keyring' | 'pepper'>,
  call: Call,
  input: { readonly account: PayoutAccount; readonly order: PayoutOrder; readonly batchId: string | null },
): HeldPayout {
  const { account, order, batchId } = input;
  const at = businessNow(core.clock, call.tenant);
  const owner = { tenantId: call.tenant.id, id: core.ids.uuid() as PayoutId };
  const accountNumber = order.payeeDetails.bankAccount?.accountNumber;
  const payout: HeldPayout['payout'] = {
    ...owner,
    accountId: account.id,
    batchId,
    reference: order.issuerReferenceId,
    inputHash: hashToken(core.pepper, canonical({ accountId: account.id, batchId, order })),
    amount: BigInt(order.amount),
    status: 'created',
    attempt: 1,
    ordered: withoutNumber(order),
    payer: order.paymentDetails?.payer ?? account.settings.payer,
    payeeAccountSealed: accountNumber === undefined ? null : sealPayeeNumber(core, owner, accountNumber),
    createdBy: call.credentialId ?? null,
    version: 1,
    dueAt: batchId === null ? at : null,
    createdAt: at,
    updatedAt: at,
  };
  return { payout, attempt: firstAttempt(payout) };
}

function firstAttempt(payout: HeldPayout['payout']): HeldPayout['attempt'] {
  return newAttempt({
    tenantId: payout.tenantId,
    payoutId: payout.id,
    attempt: 1,
    accountId: payout.accountId,
    rail: railOf[deliveryOf(payout.ordered)],
    amount: payout.amount,
    startedAt: payout.createdAt,
  });
}

/** The order as it is kept and told again: of the payee's account number the last four characters. */
function withoutNumber(order: PayoutOrder): PayoutOrder {
  const { bankAccount, ...payee } = order.payeeDetails;
  if (bankAccount === undefined) return order;
  const { accountNumber = '', ...rest } = bankAccount;
  const accountNumberLast4 = accountNumber.replaceAll('-', '').slice(-4);
  return { ...order, payeeDetails: { ...payee, bankAccount: { ...rest, accountNumberLast4 } } };
}

/** JSON with sorted keys: the order of properties says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** The payout that has this reference, if it was ordered the same way. */
async function requireSame(
  transaction: Parameters<typeof selectByReferences>[0],
  { payout }: HeldPayout,
): Promise<PayoutId> {
  const [found] = await selectByReferences(transaction, payout.tenantId, [payout.reference]);
  if (found?.inputHash.equals(payout.inputHash) === true) return found.id;
  throw new CoreError('conflict', 'This issuerReferenceId was used before for another payment.');
}
