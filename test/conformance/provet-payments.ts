/** What the bad-input tests must know of the Provet Payment API. */
import assert from 'node:assert/strict';
import { monthlyPlan, newClient } from '#test/support/provet-client.ts';
import type { Dialect } from './dialects.ts';

const basic = (software: string, merchant: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${software}:${merchant}`).toString('base64')}`,
});

const keysOf = (headers: Readonly<Record<string, string>> | undefined): [string, string] => {
  const text = Buffer.from((headers?.authorization ?? '').replace('Basic ', ''), 'base64').toString();
  const [software = '', merchant = ''] = text.split(':');
  return [software, merchant];
};

const { Client: _client, ...plan } = monthlyPlan;

export const provetPayments: Dialect = {
  headers: (app, index) => ({ ...app.tenants[index]?.entries.provetPayments?.headers }),
  wrongHeaders: (app) => {
    const [software, merchant] = keysOf(app.tenants[0]?.entries.provetPayments?.headers);
    const [otherSoftware, otherMerchant] = keysOf(app.tenants[1]?.entries.provetPayments?.headers);
    const live = (key: string) => key.replace('test_', 'live_');
    return [
      {},
      { authorization: '' },
      { authorization: 'Basic' },
      { authorization: `Basic ${software}` },
      basic(software, ''),
      basic('', merchant),
      basic(merchant, software),
      basic(software, otherMerchant),
      basic(otherSoftware, merchant),
      basic(software, `${merchant.slice(0, -43)}${'c'.repeat(43)}`),
      basic(live(software), live(merchant)),
      basic(software, live(merchant)),
    ];
  },
  assertError: (_status, body, contentType) => {
    assert.match(contentType, /^application\/json/);
    assert.deepEqual(Object.keys(body), ['Error', 'Message']);
    assert.match(body.Error.Code, /^[a-z_]+$/);
    assert.equal(body.Error.Message, body.Message);
    assert.equal(typeof body.Message, 'string');
  },
  bodies: (_app, { client, card, charge, auth, subscription }) => ({
    'POST /wellness/subscription': {
      ...monthlyPlan,
      InitialPayment: 50,
      RedirectUrl: 'https://clinic.example/',
    },
    'POST /wellness/subscription/preview': plan,
    'PATCH /wellness/card': { RedirectUrl: 'https://clinic.example/back', SubscriptionId: subscription },
    'PATCH /client/:id/card': { RedirectUrl: 'https://clinic.example/back', Currency: 'AUD' },
    'PUT /client': { Id: client, ...newClient },
    'PUT /client/:id': newClient,
    'POST /card': { RedirectUrl: 'https://clinic.example/back', Currency: 'AUD', Client: newClient },
    'POST /charge': {
      Description: 'Vaccination',
      Amount: 10.5,
      Surcharge: 0.5,
      Notes: 'Rex',
      Currency: 'AUD',
      ClientId: client,
      PaymentMethodId: card,
      IsPreAuth: false,
    },
    'POST /completepreauth': { PaymentId: auth, Amount: 0.01, Surcharge: 0.01, Notes: 'Rex' },
    'POST /refund': { PaymentId: charge, Amount: 0.01 },
  }),
  queries: ({ client, charge, auth }) => ({
    'GET /wellness/subscription': `clientId=${client}`,
    'GET /wellness/subscription/status': 'startDate=2026-01-01&endDate=2026-12-31',
    'GET /wellness/subscription/payments': 'startDate=2026-01-01&endDate=2026-12-31',
    'GET /completepreauth': `paymentId=${auth}&amount=0.01&surcharge=0.01&notes=Rex`,
    'GET /refund': `paymentId=${charge}&amount=0.01`,
    'GET /payment': `clientId=${client}`,
    'GET /paymentmethods': `clientId=${client}`,
  }),
};
