import type { Contestant } from '../contestant.ts';
import { repeat } from '../load.ts';

export const contestant: Contestant = {
  name: 'list page',
  about: 'GET /v1/links?limit=20 (native)',
  against: 'ceiling: http',
  prepare: async ({ urls, tenant }) =>
    repeat({
      urls: urls.map((url) => `${url}/v1/links?limit=20`),
      method: 'GET',
      headers: { ...tenant.native?.headers },
    }),
};
