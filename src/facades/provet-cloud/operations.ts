/** What the rows of the table do: decode, call one core operation, encode. */
import { abortPostransaction } from '#core/postransactions/abort-postransaction.ts';
import { type Postransaction, standingOf } from '#core/postransactions/postransaction.ts';
import {
  listPostransactions,
  postransactionColumns,
  readPostransaction,
} from '#core/postransactions/read-postransactions.ts';
import type { PracticeKind } from '#core/practice/practice.ts';
import { practiceColumns } from '#core/practice/practice-columns.ts';
import { listPracticeObjects, readPracticeObject } from '#core/practice/read-practice.ts';
import type { Route, RouteAnswer, RouteRequest } from '#http/facade.ts';
import { notFound } from '#kit/errors.ts';
import type { Filter } from '#kit/search.ts';
import { expose } from './expose.ts';
import type { Resource } from './hyperlinks.ts';
import { idOf, toPage } from './page.ts';
import { readPostransactionBody } from './read-body.ts';
import { readSearch } from './read-search.ts';
import { type WriteMeans, writeInvoicePayment, writePostransaction, writeUnallocated } from './write.ts';
import { type Body, meansOf, writeObjects } from './written.ts';

type Handle = Route['handle'];

/** Only for the practice that the credential is of: every other is as unknown as one that does not exist. */
export function inOwnBook(handle: Handle): Handle {
  return (request) => {
    if (request.call.account !== request.params.provet_id) throw notFound('practice');
    return handle(request);
  };
}

export const postPostransaction: Handle = async (request) => {
  const { core, batched, call } = request;
  const input = await readPostransactionBody(request);
  const [{ result, replayed, postransaction }, means] = await Promise.all([
    batched.createPostransaction(call, input),
    meansOf(request),
  ]);
  const made = postransaction ?? (await readPostransaction(core, call.tenant, BigInt(result.id)));
  return { body: writePostransaction(made, means), replayed };
};

export const getPostransaction: Handle = async (request) => {
  const found = await readPostransaction(request.core, request.call.tenant, idOf(request));
  return answerOne(request, 'postransaction', [writePostransaction(found, await meansOf(request))]);
};

export const deletePostransaction: Handle = async (request) => {
  const { replayed } = await abortPostransaction(request.core, request.call, idOf(request));
  return { replayed };
};

export const getPostransactions: Handle = (request) =>
  listOf(request, 'postransaction', [], writePostransaction);

/** A paid link's payment of its invoice has the number of its post-transaction. */
export const getInvoicePayments: Handle = (request) =>
  listOf(
    request,
    'invoicepayment',
    [isNull('invoice', false), isNull('refunded_transaction', true), isPaid],
    writeInvoicePayment,
  );

export const getInvoicePayment: Handle = (request) =>
  getOf(
    request,
    'invoicepayment',
    (one, { now }) => one.invoiceId !== null && standingOf(one, now) === 'accepted',
    writeInvoicePayment,
  );

/** A prepayment has the number of its post-transaction, too. */
export const getUnallocatedPayments: Handle = (request) =>
  listOf(
    request,
    'unallocatedpayment',
    [isNull('invoice', true), isNull('refunded_transaction', true)],
    writeUnallocated,
  );

export const getUnallocatedPayment: Handle = (request) =>
  getOf(request, 'unallocatedpayment', (one) => one.invoiceId === null, writeUnallocated);

/** A list of the practice's objects of one kind. */
export function getObjects<Kind extends PracticeKind>(kind: Kind): Handle {
  return async (request) => {
    const { core, call, query } = request;
    const search = readSearch(query, practiceColumns[kind]);
    const found = await listPracticeObjects(core, call.tenant, kind, search);
    const written = await writeObjects(request, kind, found.objects);
    return { body: toPage(request, search, found.count, await expose(request, kind, written)) };
  };
}

/** One of the practice's objects. */
export function getObject<Kind extends PracticeKind>(kind: Kind): Handle {
  return async (request) => {
    const found = await readPracticeObject(request.core, request.call.tenant, kind, idOf(request));
    return answerOne(request, kind, await writeObjects(request, kind, [found]));
  };
}

type WritePostransaction = (one: Postransaction, means: WriteMeans) => Record<string, unknown>;

async function listOf(
  request: RouteRequest,
  resource: Resource,
  narrowed: readonly Filter[],
  write: WritePostransaction,
): Promise<RouteAnswer> {
  const { core, call, query } = request;
  const search = readSearch(query, postransactionColumns);
  const found = await listPostransactions(core, call.tenant, { ...search, always: narrowed });
  const means = await meansOf(request);
  const written = found.objects.map((one) => write(one, means));
  return { body: toPage(request, search, found.count, await expose(request, resource, written)) };
}

async function getOf(
  request: RouteRequest,
  resource: Resource,
  isOne: (one: Postransaction, means: WriteMeans) => boolean,
  write: WritePostransaction,
): Promise<RouteAnswer> {
  const found = await readPostransaction(request.core, request.call.tenant, idOf(request));
  const means = await meansOf(request);
  if (found.refundedId !== null || !isOne(found, means)) throw notFound('payment');
  return answerOne(request, resource, [write(found, means)]);
}

async function answerOne(
  request: RouteRequest,
  resource: Resource,
  written: readonly Body[],
): Promise<RouteAnswer> {
  const [body] = await expose(request, resource, written);
  if (body === undefined) throw notFound(resource);
  return { body };
}

function isNull(name: 'invoice' | 'refunded_transaction', value: boolean): Filter {
  return { column: postransactionColumns[name], method: 'is_null', values: [String(value)] };
}

const isPaid: Filter = {
  column: postransactionColumns['payment_link.payment_status'],
  method: 'is',
  values: ['5'],
};
