import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Bench, Contestant } from '../contestant.ts';
import { drive } from '../load.ts';
import { post } from '../shop.ts';

const program = fileURLToPath(new URL('./medusa-server.ts', import.meta.url));

/** Medusa's payment module from the folder it is installed in, on a database of its own in the product's cluster. */
export async function medusa(
  bench: Bench,
  directory: string,
  databaseUrl: string,
): Promise<readonly Contestant[]> {
  const url = await startServer(bench, directory, databaseUrl);
  return [
    {
      name: 'Medusa: create',
      about: 'a payment collection and its session',
      prepare: async () => drive(async () => void (await post(url, {}, '{}'))),
    },
    {
      name: 'Medusa: create, authorise, capture',
      about: "the same, authorised and captured by the system's provider, which calls nobody: one request",
      prepare: async () => drive(async () => void (await post(`${url}/captured`, {}, '{}'))),
    },
  ];
}

async function startServer({ onEnd }: Bench, directory: string, databaseUrl: string): Promise<string> {
  const child = spawn(process.execPath, [program, directory, databaseUrl], {
    // Its logger would print every request's work.
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'error', MEDUSA_DISABLE_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onEnd(() => void child.kill());
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`Medusa's server ended with ${code} before it was ready`);
  });
  return Promise.race([addressFrom(createInterface({ input: child.stdout })), ended]);
}

async function addressFrom(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const [, url] = /^ready at (\S+)$/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error("Medusa's server said no address");
}
