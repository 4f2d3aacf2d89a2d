import type { Shop, Wire } from '#test/support/shop.ts';

/** The payments that have an operation nobody knows the end of. */
export interface OpenPayments {
  count(): number;
  /** Asks again about those that were open. */
  recheck(): Promise<void>;
  describe(): string;
}

/** Reads all payments once, by pages; from then on only those that are open. */
export async function openPayments(shop: Shop): Promise<OpenPayments> {
  let open: Wire[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await shop.native(`/payments?limit=100${cursor}`);
    open = open.concat(body.data.filter(isOpen));
    if (body.next === null) break;
    cursor = `&after=${encodeURIComponent(body.next)}`;
  }
  return {
    count: () => open.length,
    recheck: async () => {
      const payments = await Promise.all(open.map(({ id }) => shop.payment(id)));
      open = payments.map(({ body }) => body).filter(isOpen);
    },
    describe: () =>
      JSON.stringify(open.map(({ id, status, operations }) => ({ id, status, operations })).slice(0, 5)),
  };
}

function isOpen({ operations }: Wire): boolean {
  return operations.some(({ status }: Wire) => ['intended', 'unknown', 'awaiting-payer'].includes(status));
}
