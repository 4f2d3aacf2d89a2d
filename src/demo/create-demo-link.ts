import type { App } from '../app.ts';
import { payerUrl } from '../core/links/compose-invitation.ts';
import { currency } from '../kit/currency.ts';
import type { DemoTenant } from './seed-demo.ts';

/** Makes a link that a visitor can pay at once, and answers where. */
export async function createDemoLink(app: App, { tenant, merchantId }: DemoTenant): Promise<string> {
  const call = { tenant, origin: 'ping' };
  const { result: order } = await app.batched.createOrder(call, {
    currency: currency('SEK'),
    splitParameters: {},
    splitTreeId: null,
  });
  const given = { description: 'Vaccination, hund', price: 45_000, quantity: 1, vat: 25 };
  const { result: link } = await app.batched.createLink(call, {
    orderId: order.id,
    amount: 45_000n,
    items: [
      {
        description: given.description,
        quantity: 1,
        unitMinor: given.price,
        vatBasisPoints: 2_500,
        unit: 'st',
        merchantId,
        given,
      },
    ],
    methods: [
      { method: 'swish', parameters: {}, given: { provider: 'swish', method: 'm_commerce' } },
      { method: 'card', parameters: {}, given: { provider: 'verifone', method: 'card' } },
      { method: 'dummy', parameters: {}, given: { provider: 'dummy', method: 'dummy' } },
    ],
    customer: {
      firstName: 'Bertil',
      lastName: 'Jönsson',
      email: 'bertil@example.com',
      phone: '+46700000000',
      reference: null,
    },
    particulars: {
      language: 'sv',
      supplier: { name: `${tenant.name} Djurklinik`, city: 'Örebro', organisationNumber: '556677-8899' },
      given: { language: 'SE', locale: 'sv-SE', supplier: { city: 'Örebro' }, metadata: {} },
    },
    dueDate: null,
    callbackUrl: null,
  });
  return payerUrl(app.core, link);
}
