/** What each row of the batches' table does: read the wire, call one operation of the core, write the wire. */
import { addPayouts } from '#core/payout-batches/add-payouts.ts';
import { cancelBatch } from '#core/payout-batches/cancel-batch.ts';
import { changeBatch } from '#core/payout-batches/change-batch.ts';
import { createBatch } from '#core/payout-batches/create-batch.ts';
import { listBatches, readBatch } from '#core/payout-batches/read-batch.ts';
import { releaseBatch } from '#core/payout-batches/release-batch.ts';
import { startBatch } from '#core/payout-batches/start-batch.ts';
import { idsOfBatch, readPayouts } from '#core/payouts/read-payout.ts';
import { readCursor, writeCursor } from '#http/cursor.ts';
import type { Route, RouteAnswer, RouteRequest } from '#http/facade.ts';
import { invalid } from '#kit/errors.ts';
import { readDollars, writeBatch } from './batch-wire.ts';
import { readOrder, withoutNulls } from './read-body.ts';
import { readId, toId, writePayment } from './wire.ts';

type Handle = Route['handle'];

interface Expectations {
  readonly expectedBatchTotal?: number;
  readonly expectedNumberOfPayments?: number;
}

interface BatchBody extends Expectations {
  readonly clientRequestId: string;
  readonly accountId?: string;
  readonly subAccountId?: string;
}

const defaultLimit = 50;

export const postBatch: Handle = async ({ core, call, body }) => {
  const given = withoutNulls(body) as BatchBody;
  const { accountId = call.account, subAccountId = null } = given;
  if (accountId === undefined) throw invalid('accountId', 'missing_field', 'accountId is required');
  const { expectedTotal = null, expectedCount = null } = readExpectations(given);
  const { result, replayed } = await createBatch(core, call, {
    accountId,
    subAccountId,
    reference: given.clientRequestId,
    expectedTotal,
    expectedCount,
  });
  const batch = await readBatch(core, call.tenant, result.batchId);
  return { body: writeBatch(batch), replayed, ...(result.existed ? { status: 200 } : {}) };
};

export const postAdd: Handle = async (request) => {
  const { core, call, body } = request;
  const { payments } = withoutNulls(body) as { payments: unknown[] };
  const { result, replayed } = await addPayouts(core, call, {
    id: idOf(request),
    payments: payments.map(readOrder),
  });
  const [batch, payouts] = await Promise.all([
    readBatch(core, call.tenant, result.batchId),
    readPayouts(core, call.tenant, result.payoutIds),
  ]);
  return { body: { ...writeBatch(batch), payments: payouts.map(writePayment) }, replayed };
};

export const postStart: Handle = async (request) => {
  const { result, replayed } = await startBatch(request.core, request.call, idOf(request));
  return answerBatch(request, result.batchId, replayed);
};

export const postBatchRelease: Handle = async (request) => {
  const { replayed } = await releaseBatch(request.core, request.call, readRelease(request));
  return { replayed };
};

export const postReleasePart: Handle = async (request) => {
  const { paymentIds } = request.body as { paymentIds: string[] };
  const { replayed } = await releaseBatch(request.core, request.call, {
    ...readRelease(request),
    // What is no id of ours is no payment of the batch either, and is told as that.
    payoutIds: paymentIds.map((id) => toId(id) ?? id),
  });
  return { replayed };
};

export const postCancel: Handle = async (request) => {
  const { result, replayed } = await cancelBatch(request.core, request.call, idOf(request));
  return answerBatch(request, result.batchId, replayed);
};

export const patchBatch: Handle = async (request) => {
  const change = readExpectations(withoutNulls(request.body) as Expectations);
  const { result, replayed } = await changeBatch(request.core, request.call, {
    id: idOf(request),
    ...change,
  });
  return answerBatch(request, result.batchId, replayed);
};

export const getBatch: Handle = async (request) => answerBatch(request, idOf(request), false);

export const getBatchDetails: Handle = async (request) => {
  const { core, call } = request;
  const batch = await readBatch(core, call.tenant, idOf(request));
  const ids = await idsOfBatch(core.database, batch);
  const payouts = await readPayouts(core, call.tenant, ids);
  return { body: { ...writeBatch(batch), payments: payouts.map(writePayment) } };
};

export const getBatches: Handle = async ({ core, call, query }) => {
  const before = readCursor(query.cursor, 'cursor');
  const limit = Number(query.limit || defaultLimit);
  // One more than is shown tells whether the list goes on.
  const page = { limit: limit + 1, ...(before === undefined ? {} : { before }) };
  const found = await listBatches(core, call.tenant, page);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = found.length > limit && last !== undefined ? writeCursor(last) : null;
  return { body: { data: shown.map(writeBatch), nextCursor } };
};

function idOf({ params }: RouteRequest): string {
  return readId(params.batchId, 'batch');
}

function readExpectations({ expectedBatchTotal, expectedNumberOfPayments }: Expectations): {
  expectedTotal?: bigint;
  expectedCount?: number;
} {
  return {
    ...(expectedBatchTotal === undefined
      ? {}
      : { expectedTotal: readDollars('expectedBatchTotal', expectedBatchTotal) }),
    ...(expectedNumberOfPayments === undefined ? {} : { expectedCount: expectedNumberOfPayments }),
  };
}

/** The batch is named twice, by path and by body: they must agree. */
function readRelease(request: RouteRequest): { readonly id: string; readonly releasedBy: string } {
  const { batchId, releasedBy } = request.body as { batchId: string; releasedBy: string };
  const id = idOf(request);
  if (batchId !== request.params.batchId)
    throw invalid('batchId', 'invalid_format', 'batchId: is not that of the path');
  return { id, releasedBy };
}

async function answerBatch(
  { core, call }: RouteRequest,
  id: string,
  replayed: boolean,
): Promise<RouteAnswer> {
  return { body: writeBatch(await readBatch(core, call.tenant, id)), replayed };
}
