import net, { type AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';

/** What happens to a message of the client: answered, or the connection dropped before or after it took effect. */
export type Fate = 'answer' | 'drop before' | 'drop after' | 'never answer';

export interface PostgresDouble {
  readonly url: string;
  /** Decides the fate of each message from its bytes read as text: SQL stands in them in the clear. */
  fate: (message: string) => Fate;
  close(): Promise<void>;
}

/** A PostgreSQL server over TCP, in this process, whose connections fail on demand. One session at a time. */
export async function startPostgresDouble(
  settings: Readonly<Record<string, string>>,
): Promise<PostgresDouble> {
  const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const startParams = [...PGlite.defaultStartParams.filter((each) => each !== '-F'), ...parameters];
  const engine = await PGlite.create({ startParams });
  const sockets = new Set<net.Socket>();

  function answer(socket: net.Socket, message: Buffer): void {
    const fate = double.fate(message.toString('latin1'));
    if (fate === 'never answer') return;
    if (fate !== 'drop before') {
      const reply = new Uint8Array(engine.execProtocolRawSync(message));
      if (fate === 'answer') return void socket.write(reply);
    }
    socket.destroy();
    engine.execProtocolRawSync(simpleQuery('rollback'));
  }

  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    // The driver sends each batch in one write, and this small on the loopback interface it arrives in one piece.
    socket.on('data', (message) => answer(socket, message));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const double: PostgresDouble = {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    fate: () => 'answer',
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await engine.close();
    },
  };
  return double;
}

function simpleQuery(sql: string): Buffer {
  const body = Buffer.from(`${sql}\0`);
  const head = Buffer.alloc(5);
  head.write('Q');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
