/** What the rows of the table do: decode, call one core operation, encode. */
import { abortPostransaction } from '#core/postransactions/abort-postransaction.ts';
import { createPostransaction } from '#core/postransactions/create-postransaction.ts';
import { type Postransaction, standingOf } from '#core/postransactions/postransaction.ts';
import {
  listPostransactions,
  postransactionColumns,
  readInvoiceStandings,
  readPostransaction,
} from '#core/postransactions/read-postransactions.ts';
import type { PracticeKind, PracticeObject } from '#core/practice/practice.ts';
import { practiceColumns } from '#core/practice/practice-columns.ts';
import {
  listPracticeObjects,
  readLinkMethodId,
  readPayers,
  readPhones,
  readPracticeObject,
} from '#core/practice/read-practice.ts';
import { businessNow } from '#core/tenants/tenant.ts';
import type { Route, RouteAnswer, RouteRequest } from '#http/facade.ts';
import { notFound } from '#kit/errors.ts';
import type { Filter } from '#kit/search.ts';
import { hyperlinksFor } from './hyperlinks.ts';
import { idOf, toPage } from './page.ts';
import { readPostransactionBody } from './read-body.ts';
import { readSearch } from './read-search.ts';
import {
  plainWriters,
  type WriteMeans,
  writeClient,
  writeInvoice,
  writeInvoicePayment,
  writePostransaction,
  writeUnallocated,
} from './write.ts';

type Handle = Route['handle'];

/** Only for the practice that the credential is of: every other is as unknown as one that does not exist. */
export function inOwnBook(handle: Handle): Handle {
  return (request) => {
    if (request.call.account !== request.params.provet_id) throw notFound('practice');
    return handle(request);
  };
}

export const postPostransaction: Handle = async (request) => {
  const { core, call } = request;
  const { result, replayed } = await createPostransaction(core, call, await readPostransactionBody(request));
  const made = await readPostransaction(core, call.tenant, BigInt(result.id));
  return { body: writePostransaction(made, await meansOf(request)), replayed };
};

export const getPostransaction: Handle = async (request) => {
  const found = await readPostransaction(request.core, request.call.tenant, idOf(request));
  return { body: writePostransaction(found, await meansOf(request)) };
};

export const deletePostransaction: Handle = async (request) => {
  const { replayed } = await abortPostransaction(request.core, request.call, idOf(request));
  return { replayed };
};

export const getPostransactions: Handle = (request) => listOf(request, [], writePostransaction);

/** A paid link's payment of its invoice has the number of its post-transaction. */
export const getInvoicePayments: Handle = (request) =>
  listOf(
    request,
    [isNull('invoice', false), isNull('refunded_transaction', true), isPaid],
    writeInvoicePayment,
  );

export const getInvoicePayment: Handle = (request) =>
  getOf(
    request,
    (one, { now }) => one.invoiceId !== null && standingOf(one, now) === 'accepted',
    writeInvoicePayment,
  );

/** A prepayment has the number of its post-transaction, too. */
export const getUnallocatedPayments: Handle = (request) =>
  listOf(request, [isNull('invoice', true), isNull('refunded_transaction', true)], writeUnallocated);

export const getUnallocatedPayment: Handle = (request) =>
  getOf(request, (one) => one.invoiceId === null, writeUnallocated);

export const getInvoices: Handle = (request) =>
  listObjects(request, 'invoice', async (invoices, means) => {
    const standings = await readInvoiceStandings(request.core, request.call.tenant, invoices);
    return invoices.flatMap((invoice, index) => {
      const standing = standings[index];
      return standing === undefined ? [] : [writeInvoice(invoice, standing, means)];
    });
  });

export const getInvoice: Handle = async (request) => {
  const { core, call } = request;
  const invoice = await readPracticeObject(core, call.tenant, 'invoice', idOf(request));
  const [standing] = await readInvoiceStandings(core, call.tenant, [invoice]);
  if (standing === undefined) throw notFound('invoice');
  return { body: writeInvoice(invoice, standing, await meansOf(request)) };
};

export const getClients: Handle = (request) =>
  listObjects(request, 'client', async (clients, means) => {
    const relations = await relationsOf(request, clients);
    return clients.map((client) => writeClient(client, relations, means));
  });

export const getClient: Handle = async (request) => {
  const { core, call } = request;
  const client = await readPracticeObject(core, call.tenant, 'client', idOf(request));
  return { body: writeClient(client, await relationsOf(request, [client]), await meansOf(request)) };
};

type Plain = keyof typeof plainWriters;

export function getPlainList<Kind extends Plain>(kind: Kind): Handle {
  const write = writerOf(kind);
  return (request) =>
    listObjects(request, kind, async (objects, means) => objects.map((one) => write(one, means)));
}

export function getPlain<Kind extends Plain>(kind: Kind): Handle {
  const write = writerOf(kind);
  return async (request) => {
    const found = await readPracticeObject(request.core, request.call.tenant, kind, idOf(request));
    return { body: write(found, await meansOf(request)) };
  };
}

/** The compiler loses which writer belongs to which kind. */
function writerOf<Kind extends Plain>(kind: Kind) {
  return plainWriters[kind] as (one: PracticeObject<Kind>, means: WriteMeans) => Record<string, unknown>;
}

async function relationsOf({ core, call }: RouteRequest, clients: readonly PracticeObject<'client'>[]) {
  const ids = clients.map(({ id }) => id);
  const [phones, payers] = await Promise.all([
    readPhones(core, call.tenant.id, ids),
    readPayers(core, call.tenant.id, ids),
  ]);
  return { phones, payers };
}

type WritePostransaction = (one: Postransaction, means: WriteMeans) => Record<string, unknown>;

async function listOf(
  request: RouteRequest,
  narrowed: readonly Filter[],
  write: WritePostransaction,
): Promise<RouteAnswer> {
  const { core, call, query } = request;
  const search = readSearch(query, postransactionColumns);
  const found = await listPostransactions(core, call.tenant, { ...search, always: narrowed });
  const means = await meansOf(request);
  return {
    body: toPage(
      request,
      search,
      found.count,
      found.objects.map((one) => write(one, means)),
    ),
  };
}

async function getOf(
  request: RouteRequest,
  isOne: (one: Postransaction, means: WriteMeans) => boolean,
  write: WritePostransaction,
): Promise<RouteAnswer> {
  const found = await readPostransaction(request.core, request.call.tenant, idOf(request));
  const means = await meansOf(request);
  if (found.refundedId !== null || !isOne(found, means)) throw notFound('payment');
  return { body: write(found, means) };
}

async function listObjects<Kind extends PracticeKind>(
  request: RouteRequest,
  kind: Kind,
  write: (objects: readonly PracticeObject<Kind>[], means: WriteMeans) => Promise<Record<string, unknown>[]>,
): Promise<RouteAnswer> {
  const { core, call, query } = request;
  const search = readSearch(query, practiceColumns[kind]);
  const found = await listPracticeObjects(core, call.tenant, kind, search);
  return {
    body: toPage(request, search, found.count, await write(found.objects, await meansOf(request))),
  };
}

async function meansOf(request: RouteRequest): Promise<WriteMeans> {
  const { core, call } = request;
  return {
    tenant: call.tenant,
    publicUrl: core.publicUrl,
    links: hyperlinksFor(request),
    paymentMethodId: await readLinkMethodId(core, call.tenant),
    now: businessNow(core.clock, call.tenant),
  };
}

function isNull(name: 'invoice' | 'refunded_transaction', value: boolean): Filter {
  return { column: postransactionColumns[name], method: 'is_null', values: [String(value)] };
}

const isPaid: Filter = {
  column: postransactionColumns['payment_link.payment_status'],
  method: 'is',
  values: ['5'],
};
