import { randomUUID } from 'node:crypto';
import type { Contestant, DemoTenant } from '../contestant.ts';
import { post } from '../shop.ts';

/** One cent each, so that the funds outlast the load. */
const order = () => ({
  issuerReferenceId: randomUUID(),
  amount: 1,
  payeeDetails: {
    name: 'MAIN STREET CLINIC',
    npi: '1234567893',
    bankAccount: { routingNumber: '231380104', accountNumber: '744567899', accountType: 'checking' },
  },
  numberOfClaims: 0,
});

/** As many as one request adds. */
const atOnce = 1_000;

/** In all, by default; the bar is ten thousand (`BATCH_PAYOUTS=10000`). */
const payouts = Number(process.env.BATCH_PAYOUTS ?? atOnce);

export const contestant: Contestant = {
  name: 'batch of payouts, until settled',
  about: `a batch of ${payouts} payouts (Optum): ordered, started, filed and settled; p50 is the whole batch's`,
  counts: 'payouts',
  against: 'ceiling: http',
  prepare: async ({ urls }) => {
    const [url] = urls;
    // The second tenant's: its clock is turned, and what others measure must not fall due by that.
    const { tenants } = (await (await fetch(`${url}/demo.json`)).json()) as { tenants: DemoTenant[] };
    const { optum, native } = tenants[1] ?? {};
    if (optum === undefined || native === undefined) throw new Error('the demo has no Optum credentials');
    const json = { 'content-type': 'application/json' };
    const base = new URL(optum.base).pathname;
    let asked = 0;
    const batches = () => `${urls[asked++ % urls.length]}${base}/payments/batch`;
    const ask = (path: string, body: unknown) =>
      post(`${batches()}${path}`, { ...optum.headers, ...json }, JSON.stringify(body));
    return async () => {
      const startedMs = performance.now();
      const { batchId } = await ask('', { clientRequestId: randomUUID() });
      for (let added = 0; added < payouts; added += atOnce) {
        const payments = Array.from({ length: Math.min(atOnce, payouts - added) }, order);
        await ask(`/${batchId}/add`, { payments });
      }
      await ask(`/${batchId}/start`, {});
      await post(`${url}/v1/test-clock/advance`, { ...native.headers, ...json }, '{"by":"P7D"}');
      const read = await fetch(`${batches()}/${batchId}`, { headers: optum.headers });
      const { batchStatus } = (await read.json()) as { batchStatus: string };
      if (batchStatus !== 'Completed') throw new Error(`the batch is ${batchStatus}`);
      const tookMs = performance.now() - startedMs;
      return { perSecond: payouts / (tookMs / 1_000), p50Ms: tookMs, p99Ms: tookMs };
    };
  },
};
