/** The rows of the table about money that came into the tenant's bank account, and papers that are kept with it. */
import type { Attachment } from '#core/attachments/attachment.ts';
import { listAttachments, readAttachment } from '#core/attachments/read-attachments.ts';
import type { Deposit } from '#core/deposits/deposit.ts';
import { matchDeposit } from '#core/deposits/match-deposit.ts';
import { listDeposits, readDeposit } from '#core/deposits/read-deposits.ts';
import { recordDeposit } from '#core/deposits/record-deposit.ts';
import { returnDeposit } from '#core/deposits/return-deposit.ts';
import { writeCursor, writePage } from '#http/cursor.ts';
import type { Route } from '#http/facade.ts';
import { readPage } from './translate.ts';
import { readDepositBody, readFilter, readMatch, readPayment, readReturnBody } from './translate-deposits.ts';

type Handle = Route['handle'];

export const postDeposit: Handle = async ({ core, call, body }) => {
  const { result, replayed } = await recordDeposit(core, call, readDepositBody(body));
  return { body: writeDeposit(await readDeposit(core, call.tenant, result.depositId)), replayed };
};

export const getDeposits: Handle = async ({ core, call, query }) => {
  const { limit, ...position } = readPage(query);
  const page = { ...position, ...readFilter(query), limit: limit + 1 };
  return { body: writePage(await listDeposits(core, call.tenant, page), limit, writeDeposit, writeCursor) };
};

export const getDeposit: Handle = async ({ core, call, params }) => ({
  body: writeDeposit(await readDeposit(core, call.tenant, params.id ?? '')),
});

export const postMatch: Handle = async ({ core, call, params, body }) => {
  const input = { depositId: params.id ?? '', target: readMatch(body) };
  const { result, replayed } = await matchDeposit(core, call, input);
  return { body: writeDeposit(await readDeposit(core, call.tenant, result.depositId)), replayed };
};

export const postReturn: Handle = async ({ core, call, params, body }) => {
  const { result, replayed } = await returnDeposit(core, call, readReturnBody(params.id ?? '', body));
  return { body: writeDeposit(await readDeposit(core, call.tenant, result.depositId)), replayed };
};

export const getDocuments: Handle = async ({ core, call, query }) => {
  const { limit, ...position } = readPage(query);
  const page = { ...position, ...readPayment(query), limit: limit + 1 };
  return {
    body: writePage(await listAttachments(core, call.tenant, page), limit, writeDocument, writeCursor),
  };
};

export const getDocument: Handle = async ({ core, call, params }) => {
  const { content, ...document } = await readAttachment(core, call.tenant, params.id ?? '');
  return { body: { ...writeDocument(document), content: content.toString('base64') } };
};

function writeDocument({ id, paymentId, kind, name, mediaType, size, createdAt }: Attachment) {
  return { id, paymentId, type: kind, name, mediaType, size, createdAt: createdAt.toISOString() };
}

function writeDeposit(deposit: Deposit) {
  return {
    id: deposit.id,
    bankReference: deposit.bankReference,
    reference: deposit.reference,
    currency: deposit.currency,
    amount: deposit.amount,
    unallocated: deposit.unallocated,
    matched: deposit.matched,
    surplus: deposit.surplus,
    returned: deposit.returned,
    linkId: deposit.linkId,
    paymentId: deposit.paymentId,
    receivedAt: deposit.receivedAt.toISOString(),
    createdAt: deposit.createdAt.toISOString(),
  };
}
