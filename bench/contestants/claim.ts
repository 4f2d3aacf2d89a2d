import type { Contestant } from '../contestant.ts';
import { repeat } from '../load.ts';

const body = {
  amount: { total: 10, currency: 'EUR' },
  merchantUrls: {
    successRedirect: 'https://exampleshop.com/success',
    failureRedirect: 'https://exampleshop.com/failure',
    cancelRedirect: 'https://exampleshop.com/cancel',
  },
};

export const contestant: Contestant = {
  name: 'claim with its token',
  about: 'POST /payments (hi.health), signed',
  against: 'ceiling: signing',
  alsoAgainst: 'ceiling: http',
  // 0.60 of the lower of the two: signing, or 0.40 of the requests that do nothing.
  bar: { atLeast: 0.6, orAlsoAtLeast: 0.24 },
  prepare: async ({ urls, tenant }) => {
    const { hihealth } = tenant;
    if (hihealth === undefined) throw new Error('the demo has no hi.health credentials');
    return repeat({
      urls: urls.map((url) => `${url}/hihealth/payments`),
      method: 'POST',
      headers: { ...hihealth.headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  },
};
