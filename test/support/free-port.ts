/** Where the servers of a test listen. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * A port on which nobody listens, nor on the next, where a demo's simulators go. It is outside the range from which
 * Linux takes ports for outgoing connections, so that none of those, of which tests keep many, has it before the server
 * that it is for, or while that one is down.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 30_000);
    if (await areFree(port, port + 1)) return port;
  }
}

async function areFree(...ports: readonly number[]): Promise<boolean> {
  const probes: Server[] = [];
  try {
    for (const port of ports) {
      const probe = createServer().listen(port);
      await once(probe, 'listening');
      probes.push(probe);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  } finally {
    await Promise.all(probes.map((probe) => new Promise((closed) => probe.close(closed))));
  }
}
