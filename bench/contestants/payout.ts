import type { Contestant } from '../contestant.ts';
import { repeat } from '../load.ts';

/** One cent, so that the funds outlast the load. */
const order = {
  amount: 1,
  payeeDetails: {
    name: 'MAIN STREET CLINIC',
    npi: '1234567893',
    tin: '987654321',
    address: { line1: '200 MAIN ST', city: 'TULSA', state: 'OK', postalCode: '74103' },
    bankAccount: { routingNumber: '231380104', accountNumber: '744567899', accountType: 'checking' },
  },
};

export const contestant: Contestant = {
  name: 'payout',
  about: 'POST /payments (Optum), held until it is released',
  against: 'ceiling: http',
  bar: { atLeast: 0.4, p99Ms: 40 },
  prepare: async ({ urls, tenant }) => {
    // The account that holds: what is measured is the order, not the rail's work that follows a release.
    const { optumHold } = tenant;
    if (optumHold === undefined) throw new Error('the demo has no Optum credentials');
    return repeat({
      urls: urls.map((url) => `${url}${new URL(optumHold.base).pathname}/payments`),
      method: 'POST',
      headers: { ...optumHold.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ ...order, issuerReferenceId: '[<id>]' }),
    });
  },
};
