/** Verifone eCommerce: hosted card page by the Checkout API, refunds by the eCommerce API. */
import type { Connector } from '#kit/connector.ts';
import { accountFields, readAccount } from './account.ts';
import { inquireCheckout, openPage, readReturn } from './checkout.ts';
import { sendRefund } from './refund.ts';

export const connector: Connector = {
  name: 'verifone',
  methods: ['card'],
  capabilities: new Set(['hosted-page', 'purchase', 'refund']),
  accountFields,
  // Verifone gives up on its own calls (error 170) well within this.
  settlingMs: 60_000,
  pageOrigins: (fields) => readAccount(fields).pageOrigins,
  open(fields, network) {
    const account = readAccount(fields);
    return {
      openPage: (request) => openPage(account, network, request),
      readReturn: (query) => readReturn(account, network, query),
      send: (request) => sendRefund(account, network, request),
      // A refund cannot be asked about by anything we gave it: it is sent again under its key, which tells as much.
      inquire: async (request) =>
        request.kind === 'purchase' ? inquireCheckout(account, network, request) : { kind: 'not-found' },
    };
  },
};
