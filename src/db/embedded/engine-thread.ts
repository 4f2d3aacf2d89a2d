/** The thread the embedded engine runs in, so that a long query does not stop HTTP, timers and leases. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDurableEngine } from './durable-engine.ts';

export type ToEngine = { readonly message: Uint8Array } | 'close';
export type FromEngine =
  | { readonly ready: true }
  | { readonly reply: Uint8Array }
  | { readonly refused: string }
  | { readonly aborted: string };

if (!parentPort) throw new Error('The engine thread is started by open-embedded.ts.');
const port = parentPort;

function tell(news: FromEngine, transfer: ArrayBuffer[] = []): void {
  port.postMessage(news, transfer);
}

const engine = await openDurableEngine(workerData as string).catch((error: Error) => {
  tell({ refused: error.message });
});

if (engine) {
  port.on('message', async (order: ToEngine) => {
    if (order === 'close') {
      await engine.close();
      port.close();
      return;
    }
    try {
      // A copy: some replies are views of a buffer the engine goes on using.
      const reply = new Uint8Array(engine.execProtocolRawSync(order.message));
      tell({ reply }, [reply.buffer]);
    } catch (error) {
      tell({ aborted: String(error) });
    }
  });
  tell({ ready: true });
}
