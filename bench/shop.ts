/** What several contestants need to have first. */
import type { Bench } from './contestant.ts';
import { linkBody } from './link-body.ts';
import { send } from './send.ts';

export interface PingAccess {
  readonly bases: readonly string[];
  readonly headers: Record<string, string>;
  readonly merchantId: string;
}

/** The tenant's way to the Ping façade, at every process of the product. */
export function pingAccess({ urls, tenant }: Bench): PingAccess {
  const { ping } = tenant;
  if (ping?.merchantId === undefined) throw new Error('the demo has no Ping credentials');
  return {
    bases: urls.map((url) => `${url}/api/v1`),
    headers: { ...ping.headers, 'content-type': 'application/json' },
    merchantId: ping.merchantId,
  };
}

export async function makeOrder({ bases: [base], headers }: PingAccess): Promise<string> {
  return (await post(`${base}/payment_orders`, headers, JSON.stringify({ currency: 'SEK' }))).id;
}

export async function makeLink(access: PingAccess): Promise<{ id: string; checkout_url: string }> {
  const order = await makeOrder(access);
  return post(`${access.bases[0]}/payment_links`, access.headers, linkBody(order, access.merchantId));
}

/** A payment by the method that needs no processor; it succeeds unless another end is wished for. */
export function paymentBody({ merchantId }: PingAccess, minor: number, wish = 'COMPLETED'): string {
  return JSON.stringify({
    currency: 'SEK',
    total_amount: minor,
    order_items: [{ amount: minor, name: 'Vaccination', vat_rate: 25, merchant_id: merchantId }],
    provider: 'dummy',
    method: 'dummy',
    provider_method_parameters: { desired_payment_status: wish },
  });
}

export async function makePayment(access: PingAccess, minor: number, wish?: string): Promise<string> {
  const order = await makeOrder(access);
  const url = `${access.bases[0]}/payment_orders/${order}/payments`;
  return (await post(url, access.headers, paymentBody(access, minor, wish))).id;
}

// biome-ignore lint/suspicious/noExplicitAny: an answer of our own API, read where it is used.
export async function post(url: string, headers: Record<string, string>, body: string): Promise<any> {
  const { status, text } = await send(url, { method: 'POST', headers, body });
  if (status < 200 || status >= 300) throw new Error(`${url}: ${status} ${text}`);
  return JSON.parse(text);
}
