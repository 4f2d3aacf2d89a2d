import type { Contestant } from '../contestant.ts';
import { linkBody } from '../link-body.ts';
import { repeat } from '../load.ts';
import { makeOrder, pingAccess } from '../shop.ts';

export const contestant: Contestant = {
  name: 'payment link',
  about: 'POST /payment_links (Ping)',
  against: 'ceiling: http',
  bar: { atLeast: 0.4, p99Ms: 40 },
  prepare: async (bench) => {
    const access = pingAccess(bench);
    const order = await makeOrder(access);
    return repeat({
      urls: access.bases.map((base) => `${base}/payment_links`),
      method: 'POST',
      headers: access.headers,
      body: linkBody(order, access.merchantId),
    });
  },
};
