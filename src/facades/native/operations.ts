/** What each row of the table does: read the wire, call one operation of the core, write the wire. */
import { runAudit } from '#core/audit/run-audit.ts';
import { listCallbacks } from '#core/callbacks/list-callbacks.ts';
import { readCallback } from '#core/callbacks/read-callback.ts';
import { redeliverEvent } from '#core/callbacks/redeliver-event.ts';
import { resendCallback } from '#core/callbacks/resend-callback.ts';
import { listEvents } from '#core/events/list-events.ts';
import { listLinks, readLink } from '#core/links/read-link.ts';
import { listMessages } from '#core/messages/list-messages.ts';
import { readOperation } from '#core/operations/read-operations.ts';
import { listPayments, readPayment } from '#core/payments/read-payment.ts';
import { advanceClock, readClock } from '#core/tenants/advance-clock.ts';
import { readBalances } from '#core/tenants/read-balances.ts';
import { writeCursor, writePage } from '#http/cursor.ts';
import type { Route } from '#http/facade.ts';
import { readAfter, readCallbackStatus, readLimit, readPage, readRefund, readTurn } from './translate.ts';
import {
  writeAudit,
  writeBalance,
  writeCallback,
  writeEvent,
  writeLink,
  writeMessage,
  writePayment,
  writeRefund,
} from './write.ts';

type Handle = Route['handle'];

export const getClock: Handle = async ({ core, call }) => {
  const now = await readClock(core, call.tenant);
  return { body: { now: now.toISOString() } };
};

export const postTurn: Handle = async ({ core, call, body, forgetTenant }) => {
  const turn = readTurn(body);
  const { result, replayed } = await advanceClock(core, call, turn).finally(forgetTenant);
  return { body: { now: result.toISOString() }, replayed };
};

export const getMessages: Handle = async ({ core, call, query }) => {
  const { limit, before } = readPage(query);
  const messages = await listMessages(core, call.tenant, limit + 1, before);
  return { body: writePage(messages, limit, writeMessage, writeCursor) };
};

export const getEvents: Handle = async ({ core, call, query }) => {
  const limit = readLimit(query);
  const events = await listEvents(core, call.tenant, { ...readAfter(query), limit: limit + 1 });
  return { body: writePage(events, limit, writeEvent, (event) => event.id) };
};

export const postRedelivery: Handle = async ({ core, call, params }) => {
  const { result, replayed } = await redeliverEvent(core, call, params.id ?? '');
  return { body: result, replayed };
};

export const getCallbacks: Handle = async ({ core, call, query }) => {
  const { limit, ...position } = readPage(query);
  const page = { ...position, ...readCallbackStatus(query), limit: limit + 1 };
  return { body: writePage(await listCallbacks(core, call.tenant, page), limit, writeCallback, writeCursor) };
};

export const postResend: Handle = async ({ core, call, params }) => {
  const { result, replayed } = await resendCallback(core, call, params.id ?? '');
  return { body: writeCallback(await readCallback(core, call.tenant, result.callbackId)), replayed };
};

export const getPayments: Handle = async ({ core, call, query }) => {
  const { limit, ...position } = readPage(query);
  const records = await listPayments(core, call.tenant, {}, { ...position, limit: limit + 1 });
  return { body: writePage(records, limit, writePayment, ({ payment }) => writeCursor(payment)) };
};

export const getPayment: Handle = async ({ core, call, params }) => ({
  body: writePayment(await readPayment(core, call.tenant, params.id ?? '')),
});

export const getRefunds: Handle = async ({ core, call, params }) => {
  const { operations } = await readPayment(core, call.tenant, params.id ?? '');
  const refunds = operations.filter((operation) => operation.kind === 'refund');
  return { body: { data: refunds.map(writeRefund), next: null } };
};

export const postRefund: Handle = async ({ core, batched, call, params, body }) => {
  const { result, replayed } = await batched.refundPayment(call, readRefund(params.id ?? '', body));
  const operation = await readOperation(core, call.tenant.id, result.refundId);
  return { body: writeRefund(operation), replayed };
};

export const getLinks: Handle = async ({ core, call, query }) => {
  const { limit, ...position } = readPage(query);
  const links = await listLinks(core, call.tenant, { ...position, limit: limit + 1 });
  return { body: writePage(links, limit, (link) => writeLink(core, link), writeCursor) };
};

export const getLink: Handle = async ({ core, call, params }) => ({
  body: writeLink(core, await readLink(core, call.tenant, params.id ?? '')),
});

export const getBalances: Handle = async ({ core, call }) => {
  const balances = await readBalances(core, call.tenant);
  return { body: { data: balances.map(writeBalance), next: null } };
};

export const getAudit: Handle = async ({ core, call }) => ({
  body: writeAudit(await runAudit(core, call.tenant.id)),
});
