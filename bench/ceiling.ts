/** The ceiling: the same server framework, the same body in, the same body out, no work. Run as a process of its own. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';

const answer = {
  checkout_url: 'http://localhost:4000/pay/mYvlYo-sxZz-MfqaPHmcqqjbFbODKBPj',
  id: 'fd89633b-e314-4e3b-b6ad-033f9bd4e883',
};

/** Starts the ceiling in its own process and answers its address and how to end it. */
export async function startCeiling(): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: line.toString().trim(), stop: () => child.kill() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = Fastify();
  server.post('/', async () => answer);
  console.log(await server.listen({ port: 0, host: 'localhost' }));
}
