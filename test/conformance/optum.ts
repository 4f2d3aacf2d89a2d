/** What the bad-input tests must know of the Issue API. */
import assert from 'node:assert/strict';
import type { TestApp } from '#test/support/app.ts';
import { achOrder } from '#test/support/optum-client.ts';
import type { Dialect } from './dialects.ts';

const nobody = '0'.repeat(32);

const headersOf = (app: TestApp, index = 0): Record<string, string> => ({
  ...app.tenants[index]?.entries.optum?.headers,
});

export const optum: Dialect = {
  headers: headersOf,
  wrongHeaders: (app) => {
    const { authorization = '' } = headersOf(app);
    return [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: `Bearer ${'c'.repeat(43)}` },
      { authorization: authorization.replace('Bearer', 'Basic') },
      { authorization: authorization.slice(0, -1) },
      { authorization: `${authorization}, ${authorization}` },
    ];
  },
  assertError: (status, body, contentType) => {
    assert.match(contentType, /^application\/problem\+json/);
    assert.equal(body.status, status);
    for (const name of ['type', 'title', 'detail', 'traceId'])
      assert.equal(typeof body[name], 'string', name);
  },
  bodies: () => ({
    'POST /payments': { ...achOrder(), issuerReferenceId: 'CONFORMANCE-1' },
    'POST /payments/:paymentId/release': { releasedBy: 'a.second' },
    'POST /payments/:paymentId/void': { reason: 'a mistake' },
    'POST /payments/batch': {
      clientRequestId: 'CONFORMANCE-1',
      expectedBatchTotal: 100,
      expectedNumberOfPayments: 1,
    },
    'POST /payments/batch/:batchId/add': {
      payments: [{ ...achOrder(), issuerReferenceId: 'CONFORMANCE-2', numberOfClaims: 0 }],
    },
    'POST /payments/batch/:batchId/start': {},
    'POST /payments/batch/:batchId/release': { batchId: nobody, releasedBy: 'a.second' },
    'POST /payments/batch/:batchId/release-partial': {
      batchId: nobody,
      releasedBy: 'a.second',
      paymentIds: [nobody],
    },
    'POST /payments/batch/:batchId/cancel': {},
    'PATCH /payments/batch/:batchId': { expectedBatchTotal: 36.25 },
    'POST /payments/:paymentId/reissue': { reason: 'lost', deliveryMethod: 'CHECK' },
  }),
};

export const optumEvents: Dialect = {
  ...optum,
  bodies: (_app, { callbackUrl }) => {
    const wanted = {
      url: `${callbackUrl}/events`,
      eventNames: ['payment_voided', 'batch_completed'],
      auth: { apiKey: { key: 'a key of ours' } },
    };
    return {
      'POST /subscriptions': wanted,
      'PUT /subscriptions/:id': wanted,
      'POST /subscriptions/:id/missed-events/:eventId/acknowledge': {},
      'POST /subscriptions/:id/reopen': {},
    };
  },
};
