/**
 * What the rows of the table about allocations, disbursements and payouts do. The latter two are listed bare in every
 * version of the API: so the SDK reads them.
 */
import { listAllocations, readAllocationsOfDisbursements } from '#core/allocations/read-allocations.ts';
import type { Disbursement } from '#core/disbursements/disbursement.ts';
import {
  listDisbursements,
  listPayouts,
  readDisbursement,
  readPayout,
} from '#core/disbursements/read-disbursements.ts';
import type { DisbursementId, MerchantId, OrderId, PaymentId, PayoutId } from '#kit/ids.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { answerBareList, answerList, readBetween } from './read-list.ts';
import { writeAllocation, writeDisbursement, writePayout } from './write-division.ts';

export async function getAllocations(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call, query } = request;
  const filter = {
    ...(query.payment_order_id === undefined ? {} : { orderId: query.payment_order_id as OrderId }),
    ...(query.payment_id === undefined ? {} : { paymentId: query.payment_id as PaymentId }),
    ...(query.disbursement_id === undefined
      ? {}
      : { disbursementId: query.disbursement_id as DisbursementId }),
    ...(query.payout_id === undefined ? {} : { payoutId: query.payout_id as PayoutId }),
    ...(query.merchant_id === undefined ? {} : { merchantId: query.merchant_id as MerchantId }),
  };
  return answerList(request, {
    path: '/allocations',
    read: (page) => listAllocations(core, call.tenant, filter, page),
    positionOf: ({ id, allocatedAt: createdAt }) => ({ id, createdAt }),
    write: (allocations) => allocations.map(writeAllocation),
  });
}

export async function getDisbursements(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call, query } = request;
  const between = readBetween(query, [['from', 'to']]);
  return answerBareList(request, {
    read: (page) => listDisbursements(core, call.tenant, between, page),
    write: (disbursements) => writeDisbursements(request, disbursements),
  });
}

export async function getDisbursement(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call, params } = request;
  const disbursement = await readDisbursement(core, call.tenant, params.id ?? '');
  const [body] = await writeDisbursements(request, [disbursement]);
  return { body };
}

async function writeDisbursements(
  { core, call }: RouteRequest,
  disbursements: readonly Disbursement[],
): Promise<Record<string, unknown>[]> {
  const ids = disbursements.map(({ id }) => id);
  const settled = await readAllocationsOfDisbursements(core, call.tenant.id, ids);
  return disbursements.map((one) =>
    writeDisbursement(
      one,
      settled.filter(({ disbursementId }) => disbursementId === one.id),
    ),
  );
}

export async function getPayouts(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call, query } = request;
  const between = readBetween(query, [['from', 'to']]);
  return answerBareList(request, {
    read: (page) => listPayouts(core, call.tenant, between, page),
    write: (payouts) => payouts.map(writePayout),
  });
}

export async function getPayout({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  return { body: writePayout(await readPayout(core, call.tenant, params.id ?? '')) };
}
