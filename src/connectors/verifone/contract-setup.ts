import type { ContractSetup } from '../contract-setup.ts';

const forms = {
  pay: [{ action: 'pay', CardNumber: '4111 1111 1111 1111' }],
  // The page lets the payer try three cards before it gives up.
  'pay-and-be-declined': Array.from({ length: 3 }, () => ({
    action: 'pay',
    CardNumber: '5431 1111 1111 1228',
  })),
  cancel: [{ action: 'cancel' }],
} as const;

export const setup: ContractSetup = {
  isOnWire: true,
  account: (simulatorUrl) => ({
    userId: '3c0ffee0-0000-4000-8000-000000000001',
    apiKey: 'canary-api-key-9351',
    entityId: '3c0ffee0-0000-4000-8000-000000000002',
    paymentContractId: '3c0ffee0-0000-4000-8000-000000000003',
    threeDsContractId: '3c0ffee0-0000-4000-8000-000000000004',
    baseUrl: simulatorUrl,
    pageOrigin: '',
  }),
  visitPage: async (url, act) => {
    let location: string | null = null;
    for (const form of forms[act]) {
      const body = new URLSearchParams({
        CardHolderName: 'Ada Example',
        DateExpiry: '1299',
        Cvc2: '123',
        ...form,
      });
      const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
      await response.body?.cancel();
      location = response.headers.get('location');
    }
    return new URL(location ?? 'about:blank').searchParams;
  },
};
