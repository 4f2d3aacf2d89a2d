import type { Contestant } from '../contestant.ts';
import { repeat } from '../load.ts';
import { pingAccess } from '../shop.ts';

export const contestant: Contestant = {
  name: 'payment order',
  about: 'POST /payment_orders (Ping)',
  against: 'ceiling: http',
  prepare: async (bench) => {
    const { bases, headers } = pingAccess(bench);
    return repeat({
      urls: bases.map((base) => `${base}/payment_orders`),
      method: 'POST',
      headers,
      body: JSON.stringify({ currency: 'SEK' }),
    });
  },
};
