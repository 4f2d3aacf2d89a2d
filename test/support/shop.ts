/** A tenant of the demo and its payers, from outside: what they do over HTTP, and nothing they could not do. */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

export interface ShopOptions {
  /** Where the product listens; asked for every request, so that a shop outlives a server. */
  readonly url: () => string;
  readonly pingHeaders: Readonly<Record<string, string>>;
  readonly nativeHeaders: Readonly<Record<string, string>>;
  readonly merchantId: string;
}

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is judged by the assertions.
export type Wire = any;

export interface Reply {
  readonly status: number;
  /** Whether it is the answer to an earlier request with the same key. */
  readonly replayed: boolean;
  readonly body: Wire;
}

export interface NewLink {
  readonly orderId: string;
  /** Minor units. */
  readonly amount: number;
  readonly key?: string;
}

export interface Shop {
  createOrder(key?: string): Promise<Reply>;
  closeOrder(orderId: string): Promise<Reply>;
  splitOrder(orderId: string): Promise<Reply>;
  createLink(link: NewLink): Promise<Reply>;
  cancelLink(linkId: string, key?: string): Promise<Reply>;
  /** Over the API, not the checkout. */
  payLink(linkId: string, provider: 'dummy' | 'verifone', key?: string): Promise<Reply>;
  initiatePayment(orderId: string, amount: number, key?: string): Promise<Reply>;
  refund(paymentId: string, amount: number, key?: string): Promise<Reply>;
  /** Makes an invoice of a link, and answers its OCR number. */
  invoice(linkId: string): Promise<string>;
  /** Tells of a transfer as the bank would. */
  deposit(reference: string, amount: number, bankReference?: string): Promise<Reply>;
  payment(paymentId: string): Promise<Reply>;
  link(linkId: string): Promise<Reply>;
  /** Any call of the native API. */
  native(path: string): Promise<Reply>;
  /** Presses a method's button on the checkout page and answers where the browser is sent. */
  pressPay(
    checkoutUrl: string,
    method: 'card' | 'swish' | 'dummy',
    attempt?: string,
    fields?: Record<string, string>,
  ): Promise<string>;
  /** Fills in the processor's page with a card, and answers where the browser is sent. */
  enterCard(pageUrl: string, cardNumber?: string): Promise<string>;
  /** Goes where a redirect leads, as a browser or as the processor's notification; answers the status. */
  visit(url: string, userAgent?: string): Promise<number>;
}

export const goodCard = '4111111111111111';
export const declinedCard = '4999999999999236';

/** A request that nobody answers fails after this long. */
const patienceMs = 120_000;

export function openShop({ url, pingHeaders, nativeHeaders, merchantId }: ShopOptions): Shop {
  const ping = (method: string, path: string, body?: unknown, key?: string) =>
    call(`${url()}/api/v1${path}`, method, pingHeaders, body, key);
  const native = (method: string, path: string, body?: unknown, key?: string) =>
    call(`${url()}/v1${path}`, method, nativeHeaders, body, key);
  return {
    createOrder: (key) => ping('POST', '/payment_orders', { currency: 'SEK' }, key),
    closeOrder: (orderId) => ping('PUT', `/payment_orders/${orderId}/close`),
    splitOrder: (orderId) => ping('PUT', `/payment_orders/${orderId}/split`),
    createLink: ({ orderId, amount, key }) =>
      ping('POST', '/payment_links', linkBody(orderId, merchantId, amount), key),
    cancelLink: (linkId, key) => ping('PUT', `/payment_links/${linkId}/cancel`, undefined, key),
    payLink: (linkId, provider, key) =>
      ping(
        'POST',
        `/payment_links/${linkId}/payments`,
        { provider, method: provider === 'dummy' ? 'dummy' : 'card' },
        key,
      ),
    initiatePayment: (orderId, amount, key) =>
      ping('POST', `/payment_orders/${orderId}/payments`, paymentBody(merchantId, amount), key),
    refund: (paymentId, amount, key) => native('POST', `/payments/${paymentId}/refunds`, { amount }, key),
    invoice: async (linkId) => {
      const path = `/payment_links/${linkId}/invoice`;
      await ping('PUT', path, { reference_type: 'OCR' });
      return (await ping('GET', path)).body.reference;
    },
    deposit: (reference, amount, bankReference = crypto.randomUUID()) =>
      native('POST', '/deposits', { bankReference, reference, amount, currency: 'SEK' }),
    payment: (paymentId) => native('GET', `/payments/${paymentId}`),
    link: (linkId) => native('GET', `/links/${linkId}`),
    native: (path) => native('GET', path),
    pressPay: (checkoutUrl, method, attempt = randomAttempt(), fields = {}) =>
      submit(checkoutUrl, { ...fields, method, attempt }),
    enterCard: (pageUrl, cardNumber = goodCard) =>
      submit(pageUrl, {
        CardNumber: cardNumber,
        CardHolderName: 'BERTIL JONSSON',
        DateExpiry: '1230',
        Cvc2: '123',
        action: 'pay',
      }),
    visit: async (target, userAgent = 'Mozilla/5.0') => {
      const headers = { 'user-agent': userAgent };
      const response = await ask(target, { redirect: 'manual', headers });
      await response.body?.cancel();
      return response.status;
    },
  };
}

/** The shop of the demo's first tenant, as the running demo tells of it. */
export async function openDemoShop(url: () => string): Promise<Shop> {
  const demo = (await (await fetch(`${url()}/demo.json`)).json()) as Wire;
  const [{ ping, native }] = demo.tenants;
  return openShop({
    url,
    pingHeaders: ping.headers,
    nativeHeaders: native.headers,
    merchantId: ping.merchantId,
  });
}

/** Asks; and again where the server is too busy to look at the request at all, as it says: this machine has other work. */
export async function ask(url: string, init: RequestInit): Promise<Response> {
  const giveUp = AbortSignal.timeout(patienceMs);
  for (;;) {
    const response = await fetch(url, { ...init, signal: giveUp });
    if (response.status !== 503 || !response.headers.has('retry-after')) return response;
    await response.body?.cancel();
    await setTimeout(250);
  }
}

async function call(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  key: string | undefined,
): Promise<Reply> {
  const response = await ask(url, {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    replayed: response.headers.has('idempotent-replayed'),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Posts a form as a browser does and answers where it is sent. Anything but a redirect is an error. */
async function submit(url: string, fields: Record<string, string>): Promise<string> {
  const response = await ask(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  await response.body?.cancel();
  const location = response.headers.get('location');
  if (response.status !== 303 || location === null)
    throw new Error(`${url} answered ${response.status}, not a redirect`);
  return new URL(location, url).href;
}

function randomAttempt(): string {
  return createHash('sha256').update(crypto.randomUUID()).digest('base64url');
}

function linkBody(orderId: string, merchantId: string, amount: number) {
  return {
    payment_order_id: orderId,
    merchant_id: merchantId,
    language: 'SE',
    customer: { first_name: 'Bertil', last_name: 'Jönsson' },
    items: [{ description: 'Vaccination, hund', price: amount, quantity: 1, vat: 25 }],
    payment_provider_methods: [
      { provider: 'verifone', method: 'card' },
      { provider: 'swish', method: 'm_commerce' },
      { provider: 'dummy', method: 'dummy' },
    ],
    supplier: { name: 'Djurkliniken', city: 'Örebro' },
    total_amount: amount,
  };
}

function paymentBody(merchantId: string, amount: number) {
  return {
    currency: 'SEK',
    total_amount: amount,
    order_items: [{ amount, name: 'Vaccination, hund', vat_rate: 25, merchant_id: merchantId }],
    provider: 'dummy',
    method: 'dummy',
    provider_method_parameters: {},
  };
}
