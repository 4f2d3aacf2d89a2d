import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Effort, Load, Measured, Round } from './contestant.ts';

const run = promisify(execFile);
const loadProcess = fileURLToPath(new URL('put-load.ts', import.meta.url));

/** A round that repeats one request, on as many connections to each of its addresses. */
export function repeat(load: Load): Round {
  return Object.assign((effort: Effort) => putLoad(load, effort), { load });
}

/** From one process of its own. Throws where any answer was not a success: the speed of errors is none. */
async function putLoad(
  { urls, method, headers, body }: Load,
  { connections, seconds: duration }: Effort,
): Promise<Measured> {
  const chosen = urls.slice(0, connections);
  const share = Math.ceil(connections / chosen.length);
  const asked = { url: chosen, method, headers, body, connections: share * chosen.length, duration };
  const { stdout } = await run(process.execPath, [loadProcess, JSON.stringify(asked)], {
    maxBuffer: 16 * 1024 * 1024,
  });
  const result = JSON.parse(stdout) as {
    requests: { average: number; total: number };
    latency: { p50: number; p99: number };
    non2xx: number;
    errors: number;
  };
  if (result.non2xx + result.errors > 0 || result.requests.total === 0)
    throw new Error(
      `${urls}: of ${result.requests.total} answers ${result.non2xx} were no success, ${result.errors} requests failed`,
    );
  return { perSecond: result.requests.average, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}

/**
 * A round in which `connections` workers do `work` one after another until the time is over. For what is more than one
 * request, or no request at all; the client's own work counts.
 */
export function drive(work: (worker: number) => Promise<void>): Round {
  return async ({ connections, seconds }) => {
    const tookMs: number[] = [];
    const startedMs = performance.now();
    const untilMs = startedMs + seconds * 1_000;
    const workers = Array.from({ length: connections }, async (_, worker) => {
      for (let beganMs = performance.now(); beganMs < untilMs; beganMs = performance.now()) {
        await work(worker);
        tookMs.push(performance.now() - beganMs);
      }
    });
    await Promise.all(workers);
    const elapsedSeconds = (performance.now() - startedMs) / 1_000;
    tookMs.sort((a, b) => a - b);
    return {
      perSecond: tookMs.length / elapsedSeconds,
      p50Ms: percentile(tookMs, 0.5),
      p99Ms: percentile(tookMs, 0.99),
    };
  };
}

/** Of values in ascending order; NaN where there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
