import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { rewriteUrl } from './rewrite-url.ts';

const spellings: readonly (readonly [given: string, table: string])[] = [
  ['/api/1.0/refund/paymentId=17&amount=10.00', '/api/1.0/refund?paymentId=17&amount=10.00'],
  ['/API/1.0/Refund/PAYMENTID=17&AMOUNT=10.00/', '/api/1.0/refund?paymentId=17&amount=10.00'],
  ['/api/1.0/refund?paymentid=17&amount=10', '/api/1.0/refund?paymentId=17&amount=10'],
  ['/api/1.0/refund/paymentId%3D17%26amount%3D10', '/api/1.0/refund?paymentId=17&amount=10'],
  [
    '/api/1.0/completepreauth/paymentId=1&amount=2&notes=Two+two%20A',
    '/api/1.0/completepreauth?paymentId=1&amount=2&notes=Two%2Btwo%20A',
  ],
  ['/api/1.0/refund/paymentId=17?amount=10', '/api/1.0/refund?paymentId=17&amount=10'],
  ['/api/1.0/wellness/subscription/', '/api/1.0/wellness/subscription'],
  ['/api/1.0/Wellness/Subscription/ABC/PaymentUrl', '/api/1.0/wellness/subscription/abc/paymenturl'],
  ['/api/1.0/wellness/subscription/clientId=AbC', '/api/1.0/wellness/subscription?clientId=AbC'],
  [
    '/api/1.0/wellness/subscription/status/startDate=2027-01-01&endDate=2027-01-31',
    '/api/1.0/wellness/subscription/status?startDate=2027-01-01&endDate=2027-01-31',
  ],
  ['/api/1.0/wellness/subscription/abc/autorenew/True', '/api/1.0/wellness/subscription/abc/autorenew/true'],
  ['/api/1.0/payment/clientid=AbC', '/api/1.0/payment?clientId=AbC'],
  ['/api/1.0/client/', '/api/1.0/client'],
  ['/api/1.0/card', '/api/1.0/card'],
  ['/api/1.0/client/abc?fields=All', '/api/1.0/client/abc?fields=All'],
  ['/api/1.0/', '/api/1.0'],
];

describe('an address of this dialect', () => {
  for (const [given, table] of spellings)
    it(`${given} is found as ${table}`, () => assert.equal(rewriteUrl(given), table));

  it('in the table’s spelling stays as it is, and every address ends in one', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const once = rewriteUrl(`/api/1.0${path}?${query}`);
        assert.equal(rewriteUrl(once), once);
      }),
      { numRuns: 500 },
    );
  });
});
