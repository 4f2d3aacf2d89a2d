/** What the bad-input tests must know of each façade besides its table. A façade that is not here fails them. */
import assert from 'node:assert/strict';
import type { TestApp } from '#test/support/app.ts';
import { type Json, linkBody } from '#test/support/ping-client.ts';
import { openPractice } from '#test/support/provet-cloud.ts';
import { hihealth } from './hihealth.ts';
import { optum, optumEvents } from './optum.ts';
import { provetPayments } from './provet-payments.ts';

export interface Dialect {
  /** Credentials of a demo tenant. */
  headers(app: TestApp, index: number): Record<string, string>;
  /** The same credentials with the secret of somebody else, or none's. */
  wrongHeaders(app: TestApp): readonly Record<string, string>[];
  /** Its prefix with the parameters in it replaced; absent where there are none. */
  prefix?(app: TestApp): string;
  assertError(status: number, body: Json, contentType: string): void;
  /** A body that passes validation, for every route that takes one, by `METHOD path`. */
  bodies(app: TestApp, things: Things): Readonly<Record<string, Json>>;
  /** A query that passes validation, for every route that needs one, by `METHOD path`. */
  queries?(things: Things): Readonly<Record<string, string>>;
}

/** Ids of one tenant's things, by kind, and where it wants to be called back. */
export type Things = Readonly<
  Record<
    | 'order'
    | 'link'
    | 'payment'
    | 'merchant'
    | 'callbackUrl'
    | 'client'
    | 'card'
    | 'charge'
    | 'auth'
    | 'subscription',
    string
  >
>;

const unknownSecret = 'c'.repeat(43);

const ping: Dialect = {
  headers: (app, index) => app.ping(index),
  wrongHeaders: (app) => {
    const { tenant_id = '', 'x-api-secret': secret = '' } = app.ping();
    const other = app.ping(1);
    return [
      {},
      { tenant_id },
      { 'x-api-secret': secret },
      { tenant_id, 'x-api-secret': unknownSecret },
      { tenant_id, 'x-api-secret': '' },
      { tenant_id, 'x-api-secret': other['x-api-secret'] ?? '' },
      { tenant_id: 'nonsense', 'x-api-secret': secret },
      { tenant_id: `${tenant_id}, ${tenant_id}`, 'x-api-secret': secret },
    ];
  },
  assertError: (_status, body, contentType) => {
    assert.match(contentType, /^application\/json/);
    assert.deepEqual(Object.keys(body), ['errors']);
    assert.ok(body.errors.length > 0);
    for (const error of body.errors) {
      assert.deepEqual(Object.keys(error).toSorted(), ['description', 'error', 'property']);
      assert.equal(typeof error.description, 'string');
      assert.match(error.error, /^[a-z_]+$/);
      assert.ok(error.property === null || typeof error.property === 'string');
    }
  },
  bodies: (_app, things) => ({
    'POST /payment_orders': { currency: 'SEK', split_parameters: { share: 1 }, split_tree_id: 'tree' },
    'POST /payment_links': {
      ...linkBody(things.order),
      currency: 'SEK',
      merchant_id: things.merchant,
      due_date: '2031-03-25',
      delivery_address: { city: 'Örebro', street_address: 'Nygatan 15', zip: '702 10' },
      invoice_address: null,
      logo_image_link: 'https://example.com/logo.png',
      payment_link_status_callback_url: things.callbackUrl,
      checkout_success_url: 'https://example.com/thanks',
      metadata: { booking: '17' },
    },
    'PUT /payment_links/:id/distribute': {
      methods: ['sms', 'email'],
      customer_email: 'bertil@example.com',
      customer_phone: '0700000000',
    },
    'PUT /payment_links/:id/invoice': { reference_type: 'OCR', document_name: 'Faktura 17' },
    'POST /payment_links/:id/payments': { provider: 'dummy', method: 'dummy', phone_number: '0700000000' },
    'PUT /payment_orders/:order_id': {
      split_tree_id: 'tree',
      split_parameters: { shares: [{ recipient_type: 'tenant', label: 'commission', percent: 2.5 }] },
    },
    'PUT /payment_orders/:order_id/close': { fast_forward: true },
    'PUT /payment_orders/:order_id/split': { fast_forward: true },
    'PUT /payment_orders/:order_id/settle': { fast_forward: true },
    'PUT /payment_orders/:order_id/payments/:payment_id': {
      order_items: [{ amount: 14_000, name: 'Visit', vat_rate: 25, merchant_id: things.merchant }],
    },
    'POST /payment_orders/:order_id/payments/:payment_id/refund': {
      amount: 14_000,
      currency: 'SEK',
      reason: 'other',
      description: 'kindness',
    },
    'POST /merchants': {
      name: 'Branch',
      organization: { country: 'SE', name: 'Branch', se_organization_number: '5566778899' },
    },
    'PUT /tenant': { disbursement_callback_url: things.callbackUrl, merchant_status_callback_url: null },
    'POST /poke': { callback_url: things.callbackUrl },
    'POST /payment_orders/:order_id/payments': {
      currency: 'SEK',
      total_amount: 14_000,
      order_items: [
        {
          amount: 14_000,
          name: 'Visit',
          vat_rate: 25,
          merchant_id: things.merchant,
          tags: ['a'],
          metadata: {},
        },
      ],
      provider: 'dummy',
      method: 'dummy',
      provider_method_parameters: { desired_payment_status: 'COMPLETED' },
      metadata: { booking: '17' },
      status_callback_url: things.callbackUrl,
      payer: { name: 'Bertil' },
    },
    'PUT /payment_orders/:order_id/payments/:payment_id/funding/reconcile': {
      order_items: [{ amount: 14_000, name: 'Visit', vat_rate: 25, merchant_id: things.merchant }],
    },
    'POST /payment_orders/:order_id/payments/:payment_id/documents': [
      { content: 'JVBERi0xLjQK', mime_type: 'application/pdf', name: 'Order 17', type: 'order' },
    ],
    'POST /mimic/api/deposit_payment': {
      amount: 14_000,
      currency: 'SEK',
      reference: '12345674',
      reference_type: 'OCR',
      iban: 'SE3550000000054910000003',
      type: 'instant',
    },
  }),
};

const payoutAccount = {
  fundingType: 'PostFunded',
  hold: true,
  approval: { makerMayRelease: false, tiers: [{ fromMinor: 100_000, approvers: 2 }] },
  payer: { name: 'EVERY HEALTH TPA', tin: '123456789' },
  bankName: 'FIRST EXAMPLE BANK',
  routingNumber: '121042882',
  gatewayUrl: 'https://bank.example.com/files',
  offset: false,
  bankAccountNumber: '00112233',
};

const native: Dialect = {
  headers: (app, index) => app.native(index),
  wrongHeaders: (app) => {
    const key = app.native().authorization ?? '';
    return [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: `${key.slice(0, -43)}${unknownSecret}` },
      { authorization: key.replace('qk_test_', 'qk_live_') },
      { authorization: key.replace('Bearer ', 'Basic ') },
    ];
  },
  assertError: (status, body, contentType) => {
    assert.match(contentType, /^application\/problem\+json/);
    assert.equal(body.status, status);
    for (const name of ['type', 'title', 'detail']) assert.equal(typeof body[name], 'string', name);
  },
  bodies: (_app, things) => ({
    'POST /test-clock/advance': { by: 'PT0S' },
    'POST /payments/:id/refunds': { amount: 1, reason: 'kindness' },
    'POST /operations/:id/resolution': { outcome: 'declined', by: 'Anna', reason: 'not on the statement' },
    'POST /deposits': {
      bankReference: 'transfer 17',
      reference: '12345674',
      amount: 14_000,
      currency: 'SEK',
      receivedAt: '2031-01-31T00:00:00Z',
    },
    'POST /deposits/:id/match': { linkId: things.link },
    'POST /deposits/:id/returns': { bankReference: 'transfer back 17', amount: 1 },
    'PATCH /tenant': {
      name: 'Demo',
      zone: 'Europe/Stockholm',
      organisationNumber: '556677-8899',
      brand: { logoUrl: 'https://example.com/logo.png', colour: '#005fcc' },
      requestsPerMinute: 6_000_000,
      routeRateFactor: 1_000,
      reminders: { daysBefore: [3, 0], daysAfter: [2] },
      messageTexts: { sv: { invitation: { sms: '{supplier}: {amount} {link}', subject: 'Räkning' } } },
    },
    'PUT /connectors/:name': {
      account: {
        pxPayUserId: 'Clinic_PxPay',
        pxPayKey: 'abcdef01'.repeat(8),
        postUsername: 'Clinic_PxPost',
        postPassword: 'secret',
        baseUrl: 'https://uat.windcave.com',
      },
      methods: ['card'],
    },
    'POST /merchants': { name: 'Branch', organisationNumber: '556677-8899' },
    'PUT /merchants/:id/status': { status: 'approved' },
    'POST /tenants': { name: 'Branch', mode: 'test', country: 'SE', zone: 'Europe/Stockholm' },
    'POST /credentials': { facade: 'native', label: 'till 4' },
    'POST /applications': {
      facade: 'provet-cloud',
      account: '1',
      label: 'Till',
      isPublic: true,
      redirectUris: ['https://till.example.com/back'],
    },
    'POST /payouts/:id/decline': { reason: 'not ours to pay' },
    'POST /payees/:reference/consents': {
      rail: 'virtual-card',
      text: 'Pay us by card.',
      at: '2026-03-01T12:00:00Z',
    },
    'POST /payout-accounts': { id: 'plan', ...payoutAccount },
    'PUT /payout-accounts/:id': payoutAccount,
    'POST /payout-accounts/:id/fundings': { bankReference: 'wire 1', amount: 100_000 },
    'POST /credentials/:id/rotate': { overlap: 'PT1H' },
    'POST /claims/:id/deny': { reason: 'out of stock' },
    'POST /practice/import': {
      departments: [{ externalId: 'd', name: 'Branch', currency: 'SEK', allowsLinks: true }],
      clients: [{ externalId: 'c', firstName: 'Ada', email: 'ada@example.com', homeDepartment: 'd' }],
    },
  }),
};

const hook = ({ callbackUrl }: Things) => ({
  name: 'Invoices',
  target_url: callbackUrl,
  trigger: 9,
  content_type: 2,
  department: null,
  active: true,
});

const provetCloud: Dialect = {
  headers: (app, index) => openPractice(app, index).entry.headers,
  wrongHeaders: (app) => {
    const { authorization } = openPractice(app).entry.headers;
    return [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: `Bearer ${unknownSecret}` },
      { authorization: authorization.replace('Bearer ', 'Basic ') },
      { authorization: app.native().authorization ?? '' },
    ];
  },
  prefix: (app) => new URL(openPractice(app).entry.base).pathname,
  assertError: (_status, body, contentType) => {
    assert.match(contentType, /^application\/json/);
    const said = (one: Json): boolean =>
      Array.isArray(one)
        ? one.length > 0 && one.every((sentence) => typeof sentence === 'string')
        : one !== null && typeof one === 'object' && Object.values(one).every(said);
    assert.ok(typeof body.detail === 'string' || said(body), JSON.stringify(body));
    assert.ok(Object.keys(body).length > 0);
  },
  bodies: (app, things) => ({
    'POST /postransaction/': openPractice(app).prepayment({}, { phone: '0700000000', description: 'Visit' }),
    'POST /hook/': hook(things),
    'PUT /hook/:id/': hook(things),
    'PATCH /hook/:id/': { active: false },
  }),
};

const dialects: Readonly<Record<string, Dialect>> = {
  ping,
  native,
  hihealth,
  'provet-payments': provetPayments,
  'provet-cloud': provetCloud,
  optum,
  'optum-events': optumEvents,
};

export function dialectOf(facade: string): Dialect {
  const dialect = dialects[facade];
  assert.ok(dialect, `test/conformance/dialects.ts knows nothing of the façade ${facade}`);
  return dialect;
}
