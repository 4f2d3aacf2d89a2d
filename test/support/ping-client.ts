/** A shop that speaks Ping: what it sends, and what it is answered. */
import type { TestApp } from './app.ts';

/** What an answer's JSON is to a test: any shape, looked into and asserted. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts the shape; a type would assert it a second time.
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where there is no body. */
  readonly body: Json;
}

export interface CreatedLink {
  readonly id: string;
  readonly orderId: string;
  readonly checkoutUrl: string;
}

export interface PingClient {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  createOrder(): Promise<string>;
  /** Makes an order and a link in it: the seed's sample in English, with the given fields replaced. */
  createLink(replaced?: Record<string, unknown>): Promise<CreatedLink>;
}

/** Sends JSON to any address of the product and reads what comes back. */
export async function sendJson(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** A client with the credentials of a demo tenant. */
export function pingClient(app: TestApp, index = 0): PingClient {
  const call: PingClient['call'] = (method, path, body, headers = {}) =>
    sendJson(`${app.url}/api/v1${path}`, method, { ...app.ping(index), ...headers }, body);
  const createOrder = async () => (await expectOk(call('POST', '/payment_orders', { currency: 'SEK' }))).id;
  return {
    call,
    createOrder,
    createLink: async (replaced = {}) => {
      const orderId = await createOrder();
      const body = { ...linkBody(orderId), merchant_id: app.tenants[index]?.merchantId, ...replaced };
      const made = await expectOk(call('POST', '/payment_links', body));
      return { id: made.id, orderId, checkoutUrl: made.checkout_url };
    },
  };
}

/** The seed's sample of a link to be made (seed 004), in English and without what a test may want absent. */
export function linkBody(orderId: string) {
  return {
    customer: {
      email: 'bertil@example.com',
      first_name: 'Bertil',
      last_name: 'Jönsson',
      phone: '0700000000',
    },
    items: [{ description: 'Hawaii Pizza', price: 7000, quantity: 2, vat: 0.12 }],
    language: 'EN',
    payment_order_id: orderId,
    payment_provider_methods: [
      { method: 'card', provider: 'verifone' },
      { method: 'dummy', provider: 'dummy' },
    ],
    supplier: { city: 'Örebro', organization_number: '5555555555', zip: '45133' },
    total_amount: 14000,
  };
}

async function expectOk(answering: Promise<Answer>): Promise<Json> {
  const { status, text, body } = await answering;
  if (status !== 200) throw new Error(`answered ${status}: ${text}`);
  return body;
}

/** What a payer does on the processor's page, without a browser; then follows it back to us, and answers where to. */
export async function payOnPage(
  pageUrl: string,
  cardNumber: string,
  action = 'pay',
  holder = 'Bertil',
  expiry = '1239',
): Promise<string> {
  const form = { CardNumber: cardNumber, CardHolderName: holder, DateExpiry: expiry, Cvc2: '123', action };
  const answer = await fetch(pageUrl, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
  const back = answer.headers.get('location');
  if (answer.status !== 303 || back === null) throw new Error(`the page answered ${answer.status}`);
  return (await fetch(back, { redirect: 'manual' })).headers.get('location') ?? '';
}
