/** Windcave (formerly PaymentExpress): hosted card page by PxPay 2.0, everything else by PxPost. */
import type { Connector } from '#kit/connector.ts';
import { accountFields, readAccount } from './account.ts';
import { openPage, readReturn } from './pxpay.ts';
import { inquireTxn, sendTxn } from './pxpost.ts';

export const connector: Connector = {
  name: 'windcave',
  methods: ['card'],
  capabilities: new Set([
    'hosted-page',
    'purchase',
    'auth',
    'complete',
    'refund',
    'validate',
    'store-card',
    'charge-token',
  ]),
  accountFields,
  // Windcave itself gives up on a bank well within this; a TxnId unknown by then was never accepted.
  settlingMs: 30_000,
  pageOrigins: (fields) => [new URL(readAccount(fields).pxPayUrl).origin],
  open(fields, network) {
    const account = readAccount(fields);
    return {
      openPage: (request) => openPage(account, network, request),
      readReturn: (query) => readReturn(account, network, query),
      send: (request) => sendTxn(account, network, request),
      inquire: (request) => inquireTxn(account, network, request),
    };
  },
};
