import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bench, Contestant } from '../contestant.ts';
import { drive } from '../load.ts';
import { pingAccess, post } from '../shop.ts';

export const contestant: Contestant = {
  name: 'callback, until it is there',
  about:
    'POST /poke (Ping), signed and delivered to a receiver that answers at once; p50 and p99 are until it arrives',
  counts: 'callbacks',
  against: 'ceiling: http',
  prepare: async (bench) => {
    const { bases, headers } = pingAccess(bench);
    const receiver = await startReceiver(bench);
    return drive(async (worker) => {
      const arrived = receiver.next(`/${worker}`);
      const body = JSON.stringify({ callback_url: `${receiver.url}/${worker}` });
      await post(`${bases[worker % bases.length]}/poke`, headers, body);
      await arrived;
    });
  },
};

async function startReceiver({
  onEnd,
}: Bench): Promise<{ url: string; next: (path: string) => Promise<void> }> {
  const waiting = new Map<string, () => void>();
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(204).end();
    waiting.get(request.url ?? '')?.();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onEnd(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (path) => new Promise((resolve) => waiting.set(path, resolve)),
  };
}
