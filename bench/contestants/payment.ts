import type { Contestant } from '../contestant.ts';
import { repeat } from '../load.ts';
import { makeOrder, paymentBody, pingAccess } from '../shop.ts';

/** As many as there are connections where the bars are. */
const ordersPaid = 64;

export const contestant: Contestant = {
  name: 'payment, start to end',
  about: 'POST /payment_orders/{id}/payments (Ping, dummy): intent, outcome, posting, receipt',
  against: 'ceiling: http',
  prepare: async (bench) => {
    const access = pingAccess(bench);
    // Nobody pays one order thousands of times, and so many at once.
    const orders = await Promise.all(Array.from({ length: ordersPaid }, () => makeOrder(access)));
    return repeat({
      urls: orders.flatMap((order) => access.bases.map((base) => `${base}/payment_orders/${order}/payments`)),
      method: 'POST',
      headers: access.headers,
      body: paymentBody(access, 14_000),
    });
  },
};
