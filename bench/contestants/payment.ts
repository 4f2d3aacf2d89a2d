import type { Contestant } from '../contestant.ts';
import { repeat } from '../load.ts';
import { makeOrder, pingAccess } from '../shop.ts';

export const contestant: Contestant = {
  name: 'payment, start to end',
  about: 'POST /payment_orders/{id}/payments (Ping, dummy): intent, outcome, posting, receipt',
  against: 'ceiling: http',
  prepare: async (bench) => {
    const access = pingAccess(bench);
    const order = await makeOrder(access);
    return repeat({
      urls: access.bases.map((base) => `${base}/payment_orders/${order}/payments`),
      method: 'POST',
      headers: access.headers,
      body: JSON.stringify({
        currency: 'SEK',
        total_amount: 14_000,
        order_items: [{ amount: 14_000, name: 'Vaccination', vat_rate: 25, merchant_id: access.merchantId }],
        provider: 'dummy',
        method: 'dummy',
      }),
    });
  },
};
