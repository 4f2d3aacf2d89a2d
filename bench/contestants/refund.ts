import type { Contestant } from '../contestant.ts';
import { drive } from '../load.ts';
import { makeOrder, pingAccess, post } from '../shop.ts';

/** Large enough that one crown at a time never comes to the end of it. */
const paidMinor = 100_000_000_000;

export const contestant: Contestant = {
  name: 'refund, start to end',
  about: 'POST /v1/payments/{id}/refunds (native, dummy), a payment for each connection',
  against: 'ceiling: http',
  prepare: async (bench) => {
    const { urls, tenant } = bench;
    const access = pingAccess(bench);
    const payments = new Map<number, Promise<string>>();
    const paymentOf = async (worker: number) => {
      const known = payments.get(worker) ?? pay(access);
      payments.set(worker, known);
      return known;
    };
    const headers = { ...tenant.native?.headers, 'content-type': 'application/json' };
    return drive(async (worker) => {
      const url = urls[worker % urls.length];
      await post(`${url}/v1/payments/${await paymentOf(worker)}/refunds`, headers, '{"amount":100}');
    });
  },
};

async function pay(access: ReturnType<typeof pingAccess>): Promise<string> {
  const order = await makeOrder(access);
  const body = {
    currency: 'SEK',
    total_amount: paidMinor,
    order_items: [{ amount: paidMinor, name: 'Stable', vat_rate: 25, merchant_id: access.merchantId }],
    provider: 'dummy',
    method: 'dummy',
  };
  const url = `${access.bases[0]}/payment_orders/${order}/payments`;
  return (await post(url, access.headers, JSON.stringify(body))).id;
}
