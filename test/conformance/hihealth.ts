/** What the bad-input tests must know of hi.health. */
import assert from 'node:assert/strict';
import { sampleBody } from '#test/support/hihealth-client.ts';
import type { Dialect } from './dialects.ts';

const unknownSecret = 'c'.repeat(43);

export const hihealth: Dialect = {
  headers: (app, index) => ({ ...app.tenants[index]?.entries.hihealth?.headers }),
  wrongHeaders: (app) => {
    const key = app.tenants[0]?.entries.hihealth?.headers['x-api-key'] ?? '';
    const other = app.tenants[1]?.entries.hihealth?.headers['x-api-key'] ?? '';
    const [lookup = '', secret = ''] = key.split('.');
    return [
      {},
      { 'x-api-key': '' },
      { 'x-api-key': secret },
      { 'x-api-key': `${lookup}.${unknownSecret}` },
      { 'x-api-key': `${lookup}.${other.split('.')[1]}` },
    ];
  },
  assertError: (status, body, contentType) => {
    assert.match(contentType, /^application\/json/);
    assert.deepEqual(Object.keys(body), ['statusCode', 'error', 'message']);
    assert.equal(body.statusCode, status);
    for (const name of ['error', 'message']) assert.equal(typeof body[name], 'string', name);
  },
  bodies: (_app, things) => ({
    'POST /payments': {
      amount: { total: 20.01, currency: 'EUR', tax: 2, shipping: 10, subtotal: 30.01 },
      merchantReference: 'order 17',
      merchantUrls: { ...sampleBody.merchantUrls, callback: things.callbackUrl },
      prescriptionRequired: false,
      cardCaptureMode: 'MANUAL',
    },
  }),
};
