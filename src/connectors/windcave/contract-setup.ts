import type { ContractSetup } from '../contract-setup.ts';

const forms = {
  pay: { action: 'pay', CardNumber: '4111 1111 1111 1111' },
  'pay-and-be-declined': { action: 'pay', CardNumber: '5431 1111 1111 1228' },
  cancel: { action: 'cancel' },
} as const;

export const setup: ContractSetup = {
  isOnWire: true,
  account: (simulatorUrl) => ({
    pxPayUserId: 'Contract_PxPay',
    pxPayKey: 'c0ffee00'.repeat(8),
    postUsername: 'Contract_PxPost',
    postPassword: 'canary-password-9351',
    baseUrl: simulatorUrl,
  }),
  visitPage: async (url, act) => {
    const body = new URLSearchParams({
      CardHolderName: 'Ada Example',
      DateExpiry: '1299',
      Cvc2: '123',
      ...forms[act],
    });
    const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    await response.body?.cancel();
    return new URL(response.headers.get('location') ?? 'about:blank').searchParams;
  },
};
