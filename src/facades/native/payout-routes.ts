/** The rows of the table that are about money going out. */
import Type from 'typebox';
import type { Route } from '#http/facade.ts';
import * as payouts from './payout-operations.ts';
import { closed, instant, nullable, page, pageQuery, uuid } from './schemas.ts';

const payout = Type.Object({
  id: uuid(),
  reference: Type.String({ description: 'The payer’s own' }),
  accountId: Type.String(),
  amount: Type.Integer({ description: 'US cents' }),
  currency: Type.String(),
  status: Type.String(),
  attempt: Type.Integer({ description: 'The number of the present instrument' }),
  createdAt: instant(),
  updatedAt: instant(),
});

const payoutParams = Type.Object({
  id: Type.String({
    description: 'With or without hyphens: the `paymentId` of the Optum dialect is the same',
  }),
});

export const payoutRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/payouts',
    summary: 'List payouts, newest first',
    query: pageQuery,
    status: 200,
    answer: page(payout),
    handle: payouts.getPayouts,
  },
  {
    method: 'GET',
    path: '/payouts/:id',
    summary: 'Read a payout',
    params: payoutParams,
    status: 200,
    answer: payout,
    handle: payouts.getPayout,
  },
  {
    method: 'POST',
    path: '/payouts/:id/decline',
    summary: 'Decline a held payout; nothing of it was funded',
    params: payoutParams,
    body: closed({ reason: Type.String({ minLength: 1, maxLength: 500 }) }),
    status: 200,
    answer: payout,
    handle: payouts.postDecline,
  },
  {
    method: 'POST',
    path: '/payees/:reference/consents',
    summary: 'Keep a payee’s consent to a virtual card',
    params: Type.Object({ reference: Type.String({ description: 'Its NPI, else its tax number' }) }),
    body: closed({
      rail: Type.Enum(['virtual-card']),
      text: Type.String({ minLength: 1, maxLength: 2_000, description: 'What was agreed to' }),
      at: instant('When'),
    }),
    status: 201,
    answer: Type.Object({
      payeeReference: Type.String(),
      rail: Type.String(),
      text: Type.String(),
      at: nullable(instant()),
    }),
    handle: payouts.postConsent,
  },
];
