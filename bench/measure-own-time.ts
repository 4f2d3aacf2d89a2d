/** How long the product itself takes for a request, by its own `Server-Timing`: without the processor's time. */
import type { Load } from './contestant.ts';
import { freshBody } from './fresh-body.ts';
import { drive, percentile } from './load.ts';
import { printRows, verdict } from './print-rows.ts';
import type { Entrant } from './rounds.ts';
import { send } from './send.ts';

export interface OwnTime {
  readonly name: string;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The bar is set for this width. */
const connections = 16;

/** One round for each contestant that repeats one request of the product's. */
export async function measureOwnTime(entrants: readonly Entrant[], seconds: number): Promise<OwnTime[]> {
  const times: OwnTime[] = [];
  for (const { contestant, round } of entrants) {
    if (round.load === undefined || contestant.against === undefined) continue;
    const ownMs = await ask(round.load, seconds);
    times.push({
      name: contestant.name,
      requests: ownMs.length,
      p50Ms: percentile(ownMs, 0.5),
      p99Ms: percentile(ownMs, 0.99),
    });
  }
  return times;
}

async function ask({ urls, method, headers, body }: Load, seconds: number): Promise<number[]> {
  const ownMs: number[] = [];
  await drive(async (worker) => {
    const url = urls[worker % urls.length] ?? '';
    const answer = await send(url, { method, headers, body: freshBody(body) });
    const own = readOwnTime(answer.headers['server-timing']);
    if (answer.status >= 300 || own === undefined)
      throw new Error(`${url}: ${answer.status}, without its own time`);
    ownMs.push(own);
  })({ connections, seconds });
  return ownMs.sort((a, b) => a - b);
}

/** The `own` of a `Server-Timing`, in milliseconds: what the product took besides the time at a processor. */
export function readOwnTime(serverTiming: string | string[] | undefined): number | undefined {
  const [, own] = /(?:^|[\s,])own;dur=(\d+(?:\.\d+)?)/.exec(String(serverTiming ?? '')) ?? [];
  return own === undefined ? undefined : Number(own);
}

/** At most this, for 99 of 100 requests. */
const barMs = 15;

export function printOwnTime(times: readonly OwnTime[]): void {
  if (times.length === 0) return;
  printRows(
    `own time per request by Server-Timing, ${connections} connections; bar: p99 ≤ ${barMs} ms`,
    times.map(({ name, requests, p50Ms, p99Ms }) => ({
      what: name,
      requests,
      'p50 ms': p50Ms.toFixed(1),
      'p99 ms': p99Ms.toFixed(1),
      bar: verdict(p99Ms <= barMs),
    })),
  );
}
