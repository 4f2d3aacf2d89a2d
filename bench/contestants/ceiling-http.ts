/** The ceiling of HTTP: the same framework, a body in, a body out, no work. Run as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import type { Contestant } from '../contestant.ts';
import { linkBody } from '../link-body.ts';
import { repeat } from '../load.ts';

const answer = {
  checkout_url: 'http://localhost:4000/pay/mYvlYo-sxZz-MfqaPHmcqqjbFbODKBPj',
  id: 'fd89633b-e314-4e3b-b6ad-033f9bd4e883',
};

export const contestant: Contestant = {
  name: 'ceiling: http',
  about: 'Fastify takes the body of a link and answers at once',
  prepare: async ({ tenant, onEnd }) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onEnd(() => void child.kill());
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return repeat({
      urls: [line.toString().trim()],
      method: 'POST',
      headers: { ...tenant.ping?.headers, 'content-type': 'application/json' },
      body: linkBody('fd89633b-e314-4e3b-b6ad-033f9bd4e883', tenant.ping?.merchantId ?? ''),
    });
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = Fastify();
  server.post('/', async () => answer);
  console.log(await server.listen({ port: 0, host: 'localhost' }));
}
