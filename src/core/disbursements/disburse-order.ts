import type { Transaction } from '#db/database.ts';
import type { DisbursementId, PayoutId } from '#kit/ids.ts';
import { minorToJson, money } from '#kit/money.ts';
import { accounts } from '#ledger/accounts.ts';
import { post } from '#ledger/post.ts';
import { accountOf } from '../allocations/allocate-payment.ts';
import type { Allocation } from '../allocations/allocation.ts';
import { holdUnsettled, settleAllocations } from '../allocations/settle-allocations.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Order } from '../orders/order.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Disbursement, Payout } from './disbursement.ts';
import { insertDisbursement, insertPayouts } from './store.ts';

/**
 * Settles what an order has allocated and hands it over to be paid: one disbursement, in it one payout for each
 * recipient, and the callback the tenant asked for. The caller holds the order. Where nothing is left to settle,
 * nothing is made.
 */
export async function disburseOrder(
  core: Core,
  transaction: Transaction,
  { tenant, order, at }: { tenant: Tenant; order: Order; at: Date },
): Promise<void> {
  const allocations = await holdUnsettled(transaction, tenant.id, order.id);
  if (allocations.length === 0) return;
  // As it is now: the caller's may be some seconds old.
  const { settings } = await readTenant({ database: transaction }, tenant.id);
  const disbursement: Disbursement = {
    id: core.ids.uuid() as DisbursementId,
    tenantId: tenant.id,
    orderId: order.id,
    currency: order.currency,
    amount: sumOf(allocations),
    callbackUrl: settings.callbackUrls?.disbursement ?? null,
    disbursedAt: at,
  };
  const parts = [...Map.groupBy(allocations, accountOf).values()].map((own) => ({
    own,
    payout: toPayout(core, disbursement, own),
  }));
  await insertDisbursement(transaction, disbursement);
  const payouts = parts.map(({ payout }) => payout);
  await insertPayouts(transaction, payouts);
  await settleAllocations(transaction, {
    tenantId: tenant.id,
    disbursementId: disbursement.id,
    settledAt: at,
    parts: parts.flatMap(({ own, payout }) => own.map((allocation) => ({ allocation, payoutId: payout.id }))),
  });
  await postDisbursement(core, transaction, disbursement, payouts);
  await recordDisbursed(core, transaction, settings.callbackUrls?.dialect, disbursement);
}

function sumOf(allocations: readonly Allocation[]): bigint {
  return allocations.reduce((sum, { amount }) => sum + amount, 0n);
}

function toPayout(core: Core, disbursement: Disbursement, allocations: readonly Allocation[]): Payout {
  const [first] = allocations;
  if (first === undefined) throw new Error('a payout is of at least one allocation');
  return {
    id: core.ids.uuid() as PayoutId,
    tenantId: disbursement.tenantId,
    disbursementId: disbursement.id,
    recipientType: first.recipientType,
    merchantId: first.merchantId,
    currency: disbursement.currency,
    amount: sumOf(allocations),
    completedAt: disbursement.disbursedAt,
  };
}

async function postDisbursement(
  core: Core,
  transaction: Transaction,
  disbursement: Disbursement,
  payouts: readonly Payout[],
): Promise<void> {
  const movements = payouts
    .filter(({ amount }) => amount !== 0n)
    .map((payout) => ({
      debit: accounts.allocated(accountOf(payout)),
      credit: accounts.disbursed,
      amount: money(payout.amount, payout.currency),
    }));
  if (movements.length === 0) return;
  post(core.ids, transaction, {
    tenantId: disbursement.tenantId,
    kind: 'disbursement',
    reference: `disbursement:${disbursement.id}`,
    movements,
    at: disbursement.disbursedAt,
  });
}

async function recordDisbursed(
  core: Core,
  transaction: Transaction,
  dialect: string | undefined,
  disbursement: Disbursement,
): Promise<void> {
  const { id, tenantId, orderId, callbackUrl, disbursedAt } = disbursement;
  await recordEvents(core, transaction, [
    {
      tenantId,
      type: 'disbursement.made',
      subject: { kind: 'disbursement', id, version: 1 },
      data: {
        disbursementId: id,
        orderId,
        amount: minorToJson(disbursement.amount),
        currency: disbursement.currency,
      },
      at: disbursedAt,
      ...(callbackUrl === null || dialect === undefined ? {} : { callback: { dialect, url: callbackUrl } }),
    },
  ]);
}
