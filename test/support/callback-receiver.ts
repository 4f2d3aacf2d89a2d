/** A tenant's own server: keeps the callbacks it is sent, and answers what a test tells it to. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedCallback {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The raw bytes as text: what is signed. */
  readonly body: string;
}

export interface CallbackReceiver {
  readonly url: string;
  /** Everything so far, oldest first. */
  readonly received: readonly ReceivedCallback[];
  /** What requests are answered from now on. */
  answer(status: number): void;
  /** Waits until `count` callbacks have come to the path. */
  waitFor(path: string, count?: number): Promise<readonly ReceivedCallback[]>;
  close(): Promise<void>;
}

const patienceMs = 60_000;

/** Listens on a port of its own, or on the one given. */
export async function startCallbackReceiver(port = 0): Promise<CallbackReceiver> {
  const received: ReceivedCallback[] = [];
  let status = 204;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    received.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(status, { connection: 'close' }).end();
    server.emit('received');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const at = (path: string) => received.filter((one) => one.path === path);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (next) => {
      status = next;
    },
    waitFor: async (path, count = 1) => {
      const signal = AbortSignal.timeout(patienceMs);
      while (at(path).length < count) await once(server, 'received', { signal });
      return at(path);
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
