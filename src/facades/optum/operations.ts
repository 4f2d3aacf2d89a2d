/** What each row of the table does: read the wire, call one operation of the core, write the wire. */
import { readCorrections } from '#core/payout-files/read-corrections.ts';
import type { DeliveryMethod } from '#core/payouts/order.ts';
import { readPayout, readPayoutRecord } from '#core/payouts/read-payout.ts';
import { reissuePayout } from '#core/payouts/reissue-payout.ts';
import { releasePayout } from '#core/payouts/release-payout.ts';
import { voidPayout } from '#core/payouts/void-payout.ts';
import type { Route, RouteAnswer, RouteRequest } from '#http/facade.ts';
import { invalid, notFound } from '#kit/errors.ts';
import { documentId, readDocuments } from './documents.ts';
import { readOrder, withoutNulls } from './read-body.ts';
import { readId, writePayment } from './wire.ts';
import { writeDetails } from './write-details.ts';

type Handle = Route['handle'];

export const postPayment: Handle = async ({ core, batched, call, body }) => {
  const { accountId = call.account, order } = readOrder(body);
  if (accountId === undefined) throw invalid('accountId', 'missing_field', 'accountId is required');
  const { result, replayed, payout } = await batched.createPayout(call, { accountId, order });
  const told = payout ?? (await readPayout(core, call.tenant, result.payoutId));
  return { body: writePayment(told), replayed, ...(result.existed ? { status: 200 } : {}) };
};

export const postRelease: Handle = async (request) => {
  const { releasedBy = '' } = (withoutNulls(request.body ?? {}) ?? {}) as { releasedBy?: string };
  const { result, replayed } = await releasePayout(request.core, request.call, {
    id: idOf(request),
    releasedBy,
  });
  return answerPayment(request, result.payoutId, replayed);
};

export const postVoid: Handle = async (request) => {
  const { reason = '' } = (withoutNulls(request.body ?? {}) ?? {}) as { reason?: string };
  const { result, replayed } = await voidPayout(request.core, request.call, { id: idOf(request), reason });
  return answerPayment(request, result.payoutId, replayed);
};

export const postReissue: Handle = async (request) => {
  const { reason = '', ...more } = (withoutNulls(request.body ?? {}) ?? {}) as {
    reason?: string;
    deliveryMethod?: DeliveryMethod;
  };
  const { result, replayed } = await reissuePayout(request.core, request.call, {
    id: idOf(request),
    reason,
    ...(more.deliveryMethod === undefined ? {} : { deliveryMethod: more.deliveryMethod }),
  });
  return answerPayment(request, result.payoutId, replayed);
};

export const getPayment: Handle = async (request) => ({
  body: writePayment(await readPayout(request.core, request.call.tenant, idOf(request))),
});

export const getDetails: Handle = async (request) => {
  const { core, call } = request;
  const record = await readPayoutRecord(core, call.tenant, idOf(request));
  const [documents, corrections] = await Promise.all([
    readDocuments(core, call.tenant, record),
    readCorrections(core, record.payout),
  ]);
  return { body: writeDetails(core.publicUrl, record, { documents, corrections }) };
};

export const getDocument: Handle = async (request) => {
  const { core, call, params } = request;
  const record = await readPayoutRecord(core, call.tenant, idOf(request));
  const documents = await readDocuments(core, call.tenant, record);
  const found = documents.find((document) => documentId(document) === params.documentId);
  if (found === undefined) throw notFound('document');
  return {
    body: found.content,
    headers: {
      'content-type': found.mediaType,
      'content-disposition': `attachment; filename="${found.fileName}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  };
};

function idOf({ params }: RouteRequest): string {
  return readId(params.paymentId, 'payment');
}

async function answerPayment(
  { core, call }: RouteRequest,
  payoutId: string,
  replayed: boolean,
): Promise<RouteAnswer> {
  return { body: writePayment(await readPayout(core, call.tenant, payoutId)), replayed };
}
