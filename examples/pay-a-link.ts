/**
 * A shop sends a payment link, and its payer pays it by card: the whole way, over HTTP alone.
 *
 *   npm start                                      in one terminal
 *   node examples/pay-a-link.ts                    in another
 *
 * `node examples/pay-a-link.ts URL CALLBACK_URL` asks another server, and has it call back (receive-callbacks.ts).
 */
const [url = 'http://localhost:4000', callbackUrl] = process.argv.slice(2);

interface Demo {
  tenants: {
    name: string;
    ping: { base: string; headers: Record<string, string>; merchantId: string };
    native: { base: string; headers: Record<string, string> };
  }[];
}

/** Sends JSON and reads JSON; anything but a success is an error. */
async function call<Answer>(
  api: { base: string; headers: Record<string, string> },
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(api.base + path, {
    method,
    headers: { ...api.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text || 'null') as Answer;
}

/** Submits a form as a browser would, and answers where it leads. */
async function submit(page: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(page, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  return new URL(response.headers.get('location') ?? page, page).href;
}

const demo = await call<Demo>({ base: url, headers: {} }, 'GET', '/demo.json');
const [shop] = demo.tenants;
if (shop === undefined) throw new Error('The demo has no tenant.');

const order = await call<{ id: string }>(shop.ping, 'POST', '/payment_orders', { currency: 'SEK' });
const link = await call<{ id: string; checkout_url: string }>(shop.ping, 'POST', '/payment_links', {
  payment_order_id: order.id,
  merchant_id: shop.ping.merchantId,
  language: 'EN',
  customer: { first_name: 'Bertil', last_name: 'Jönsson', phone: '0700000000' },
  supplier: { name: 'Djurkliniken' },
  items: [{ description: 'Vaccination, dog', price: 45_000, quantity: 1, vat: 25 }],
  total_amount: 45_000,
  payment_provider_methods: [{ provider: 'verifone', method: 'card' }],
  ...(callbackUrl === undefined ? {} : { payment_link_status_callback_url: callbackUrl }),
});
console.log(`${shop.name} asks for SEK 450.00.`);
await call(shop.ping, 'PUT', `/payment_links/${link.id}/distribute`, { methods: ['sms'] });
const { data } = await call<{ data: { to: string; text: string }[] }>(
  shop.native,
  'GET',
  '/messages?limit=1',
);
console.log(`SMS to ${data[0]?.to}: ${data[0]?.text}`);

const cardPage = await submit(link.checkout_url, { method: 'card' });
console.log(`The payer is at the processor: ${cardPage}`);
const card = { CardNumber: '4111111111111111', CardHolderName: 'Bertil', DateExpiry: '1239', Cvc2: '123' };
const back = await submit(cardPage, { ...card, action: 'pay' });
await fetch(back);

const paid = await call<{ status: string }>(shop.ping, 'GET', `/payment_links/${link.id}`);
const receipt = await call<{ url: string }>(shop.ping, 'GET', `/payment_links/${link.id}/receipt`);
console.log(`The link is ${paid.status}. Receipt: ${receipt.url}`);
await call(shop.ping, 'PUT', `/payment_orders/${order.id}/close`);
const audit = await call<{ ok: boolean }>(shop.native, 'GET', '/audit');
console.log(`The order is closed, and the books ${audit.ok ? 'balance' : 'do not balance'}.`);
