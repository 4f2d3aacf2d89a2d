import type { Contestant } from '../contestant.ts';
import { repeat } from '../load.ts';
import { makeOrder, paymentBody, pingAccess } from '../shop.ts';

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
      body: paymentBody(access, 14_000),
    });
  },
};
