import { hashToken } from '#kit/secrets.ts';
import type { Call, Core } from '../core.ts';
import type { PayoutAccount } from '../payout-accounts/account.ts';
import { businessNow } from '../tenants/tenant.ts';
import { deliveryOf, type PayoutOrder } from './order.ts';
import { sealPayeeNumber } from './payee-number.ts';
import { type HeldPayout, newAttempt, type PayoutId, railOf } from './payout.ts';

/**
 * The row of a payout that is checked and not yet written. One of a batch waits until the batch is started, and where the
 * account holds, until it is released.
 */
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
    dueAt: batchId === null && !account.settings.hold ? at : null,
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
