/** The seed's own payment link, as every contestant that makes one sends it. */
export function linkBody(orderId: string, merchantId: string): string {
  return JSON.stringify({
    payment_order_id: orderId,
    merchant_id: merchantId,
    language: 'SE',
    total_amount: 14_000,
    customer: {
      first_name: 'Bertil',
      last_name: 'Jönsson',
      phone: '0700000000',
      email: 'bertil@example.com',
    },
    items: [{ description: 'Hawaii Pizza', price: 7_000, quantity: 2, vat: 0.12 }],
    payment_provider_methods: [{ provider: 'verifone', method: 'card' }],
    supplier: { name: 'Djurkliniken', city: 'Örebro' },
  });
}
