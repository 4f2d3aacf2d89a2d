import { recordConsent } from '#core/payout-accounts/record-consent.ts';
import { declinePayout } from '#core/payouts/decline-payout.ts';
import type { Payout } from '#core/payouts/payout.ts';
import { listPayouts, readPayout } from '#core/payouts/read-payout.ts';
import { writeCursor, writePage } from '#http/cursor.ts';
import type { Route } from '#http/facade.ts';
import { notFound } from '#kit/errors.ts';
import { minorToJson } from '#kit/money.ts';
import { readPage } from './translate.ts';

type Handle = Route['handle'];

export const getPayouts: Handle = async ({ core, call, query }) => {
  const { limit, before } = readPage(query);
  const position = before === undefined ? {} : { after: before };
  const payouts = await listPayouts(core, call.tenant, { ...position, limit: limit + 1 });
  return { body: writePage(payouts, limit, writePayout, writeCursor) };
};

export const getPayout: Handle = async ({ core, call, params }) => ({
  body: writePayout(await readPayout(core, call.tenant, readPayoutId(params.id))),
});

export const postDecline: Handle = async ({ core, call, params, body }) => {
  const { reason } = body as { reason: string };
  const { result, replayed } = await declinePayout(core, call, { id: readPayoutId(params.id), reason });
  return { body: writePayout(await readPayout(core, call.tenant, result.payoutId)), replayed };
};

/** NPIs and tax numbers are nine or ten digits; anything else is no payee of anybody's. */
const payeePattern = /^\d{9,10}$/;

export const postConsent: Handle = async ({ core, call, params, body }) => {
  const payeeReference = params.reference ?? '';
  if (!payeePattern.test(payeeReference)) throw notFound('payee');
  const { rail, text, at } = body as { rail: 'virtual-card'; text: string; at: string };
  const consent = { payeeReference, rail, text, givenAt: new Date(at) };
  const { result, replayed } = await recordConsent(core, call, consent);
  return {
    body: {
      payeeReference: result.payeeReference,
      rail: result.rail,
      text: result.text,
      at: result.givenAt.toISOString(),
    },
    replayed,
  };
};

/** Thirty-two digits are the same id in the words of another dialect. */
function readPayoutId(text = ''): string {
  return /^[0-9a-f]{32}$/.test(text)
    ? text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : text;
}

function writePayout(payout: Payout) {
  return {
    id: payout.id,
    reference: payout.reference,
    accountId: payout.accountId,
    amount: minorToJson(payout.amount),
    currency: 'USD',
    status: payout.status,
    attempt: payout.attempt,
    createdAt: payout.createdAt.toISOString(),
    updatedAt: payout.updatedAt.toISOString(),
  };
}
