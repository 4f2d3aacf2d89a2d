/** Orders of a shop that speaks Ping, with payments in them, from outside. */
import assert from 'node:assert/strict';
import type { TestApp } from './app.ts';
import { type Answer, type Json, type PingClient, pingClient } from './ping-client.ts';

export interface Orders {
  readonly ping: PingClient;
  /** The merchant of the demo. */
  mine(): string;
  open(given?: Json): Promise<string>;
  /** A payment by `dummy` of these items that becomes what is wished of it. */
  pay(orderId: string, items: readonly Json[], wish?: string): Promise<string>;
  /** `close`, `split` or `settle`. */
  put(orderId: string, action: string, body?: Json): Promise<Answer>;
  allocations(orderId: string): Promise<Answer>;
  addMerchant(name: string): Promise<string>;
}

export function pingOrders(app: TestApp, index = 0): Orders {
  const ping = pingClient(app, index);
  const made = async (path: string, given: Json): Promise<string> => {
    const { status, body, text } = await ping.call('POST', path, given);
    assert.equal(status, 200, text);
    return body.id;
  };
  return {
    ping,
    mine: () => app.tenants[index]?.merchantId ?? '',
    open: (given = {}) => made('/payment_orders', { currency: 'SEK', ...given }),
    pay: (orderId, items, wish = 'COMPLETED') =>
      made(`/payment_orders/${orderId}/payments`, {
        currency: 'SEK',
        total_amount: items.reduce((sum, { amount }) => sum + amount, 0),
        order_items: items.map((item) => ({ name: 'Visit', vat_rate: 25, ...item })),
        provider: 'dummy',
        method: 'dummy',
        provider_method_parameters: { desired_payment_status: wish },
      }),
    put: (orderId, action, body) => ping.call('PUT', `/payment_orders/${orderId}/${action}`, body),
    allocations: (orderId) => ping.call('GET', `/payment_orders/${orderId}/allocations`),
    addMerchant: (name) =>
      made('/merchants', { name, organization: { country: 'SE', se_organization_number: '5566778899' } }),
  };
}

/** Asserts an error of Ping's: its status and the word of its first entry. */
export function assertPingError(answer: Answer, status: number, error: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.body.errors[0].error, error, answer.text);
}
