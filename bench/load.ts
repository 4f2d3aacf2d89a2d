import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const run = promisify(execFile);
const autocannon = createRequire(import.meta.url).resolve('autocannon');

export interface Load {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Puts load on an address from a process of its own. Throws where any answer was not a success: speed of errors is none. */
export async function measure(load: Load): Promise<Measured> {
  const headers = Object.entries(load.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const body = load.body === undefined ? [] : ['-b', load.body];
  const amounts = ['-c', String(load.connections), '-d', String(load.seconds)];
  const parameters = [autocannon, '-j', '-m', load.method, ...amounts, ...headers, ...body, load.url];
  const { stdout } = await run(process.execPath, parameters, { maxBuffer: 16 * 1024 * 1024 });
  const result = JSON.parse(stdout) as {
    requests: { average: number };
    latency: { p50: number; p99: number };
    non2xx: number;
    errors: number;
  };
  if (result.non2xx + result.errors > 0) {
    throw new Error(
      `${load.url}: ${result.non2xx} answers were no success, ${result.errors} requests failed`,
    );
  }
  return { perSecond: result.requests.average, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}
