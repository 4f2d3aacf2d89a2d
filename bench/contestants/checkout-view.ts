import type { Contestant } from '../contestant.ts';
import { repeat } from '../load.ts';
import { makeLink, pingAccess } from '../shop.ts';

export const contestant: Contestant = {
  name: 'checkout, first view',
  about: 'GET /pay/{token}',
  against: 'ceiling: http',
  prepare: async (bench) => {
    const link = await makeLink(pingAccess(bench));
    const { pathname } = new URL(link.checkout_url);
    return repeat({ urls: bench.urls.map((url) => `${url}${pathname}`), method: 'GET', headers: {} });
  },
};
