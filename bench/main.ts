/**
 * `npm run bench`: the product against its ceilings, in one run on one machine. Figures of different runs or machines
 * do not compare; the ratios do. PostgreSQL by DATABASE_URL, else a private cluster; `embedded` as argument measures
 * the embedded store.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../test/support/app.ts';
import { startPostgres } from '../test/support/postgres-cluster.ts';
import { startServerProcess } from '../test/support/server-process.ts';
import { startCeiling } from './ceiling.ts';
import { type Load, type Measured, measure } from './load.ts';

const connections = 64;
const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const warmUpSeconds = 3;

/** Each figure is the median of this many rounds, ceiling and product in turn, so that a slow moment hits both. */
const rounds = 3;

interface Demo {
  readonly tenants: readonly {
    ping: { base: string; headers: Record<string, string>; merchantId: string };
  }[];
}

async function main(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'quittance-bench-'));
  const embedded = process.argv.includes('embedded');
  const cluster = embedded || process.env.DATABASE_URL !== undefined ? undefined : await startPostgres();
  const databaseUrl = embedded ? undefined : (process.env.DATABASE_URL ?? cluster?.url);
  const server = await startServerProcess({ port: await freePort(), directory, databaseUrl });
  const ceiling = await startCeiling();
  try {
    const loads = await prepare(server.url);
    await measure({ ...loads.link, seconds: warmUpSeconds });
    const measured: Record<string, Measured[]> = { ceiling: [], order: [], link: [], payment: [] };
    for (let round = 0; round < rounds; round += 1) {
      const ceilingLoad = { ...loads.link, url: ceiling.url };
      for (const [name, load] of Object.entries({ ceiling: ceilingLoad, ...loads })) {
        measured[name]?.push(await measure(load));
      }
    }
    print(embedded ? 'embedded store' : 'PostgreSQL', measured);
  } finally {
    ceiling.stop();
    await server.stop();
    await cluster?.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** What is measured: durable creates through the Ping façade, with authentication, validation and events. */
async function prepare(url: string): Promise<Record<'order' | 'link' | 'payment', Load>> {
  const demo = (await (await fetch(`${url}/demo.json`)).json()) as Demo;
  const ping = demo.tenants[0]?.ping;
  if (ping === undefined) throw new Error('the demo has no Ping credentials');
  const headers = { ...ping.headers, 'content-type': 'application/json' };
  const common = { method: 'POST' as const, headers, connections, seconds };
  const order = JSON.stringify({ currency: 'SEK' });
  const made = await fetch(`${ping.base}/payment_orders`, { method: 'POST', headers, body: order });
  const { id } = (await made.json()) as { id: string };
  return {
    order: { ...common, url: `${ping.base}/payment_orders`, body: order },
    link: {
      ...common,
      url: `${ping.base}/payment_links`,
      body: JSON.stringify(linkBody(id, ping.merchantId)),
    },
    payment: {
      ...common,
      url: `${ping.base}/payment_orders/${id}/payments`,
      body: JSON.stringify(paymentBody(ping.merchantId)),
    },
  };
}

function linkBody(orderId: string, merchantId: string) {
  return {
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
  };
}

function paymentBody(merchantId: string) {
  return {
    currency: 'SEK',
    total_amount: 14_000,
    order_items: [{ amount: 14_000, name: 'Vaccination', vat_rate: 25, merchant_id: merchantId }],
    provider: 'dummy',
    method: 'dummy',
  };
}

function print(store: string, measured: Readonly<Record<string, readonly Measured[]>>): void {
  const ceilings = measured.ceiling ?? [];
  console.log(
    `${store}, ${connections} connections, ${rounds} rounds of ${seconds} s, medians; ratio to the ceiling of its own round`,
  );
  console.table(
    Object.fromEntries(
      Object.entries(measured).map(([name, runs]) => {
        const ratios = runs.map((run, round) => run.perSecond / (ceilings[round]?.perSecond ?? Number.NaN));
        const row = {
          'per second': Math.round(median(runs.map((run) => run.perSecond))),
          ratio: median(ratios).toFixed(3),
          'p50 ms': median(runs.map((run) => run.p50Ms)),
          'p99 ms': median(runs.map((run) => run.p99Ms)),
        };
        return [name, row];
      }),
    ),
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

await main();
