import type { Contestant } from '../contestant.ts';
import { drive } from '../load.ts';
import { makePayment, pingAccess, post } from '../shop.ts';

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
      const known = payments.get(worker) ?? makePayment(access, paidMinor);
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
