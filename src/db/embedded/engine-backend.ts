import { Worker } from 'node:worker_threads';
import type { FromEngine, ToEngine } from './engine-thread.ts';
import type { Backend } from './wire-stream.ts';

/**
 * Starts the engine in its thread and waits until it is open. `onAbort` hears of an engine that died or was aborted;
 * after that every exchange is rejected.
 */
export async function startEngine(directory: string, onAbort: (reason: string) => void): Promise<Backend> {
  const worker = new Worker(new URL('./engine-thread.ts', import.meta.url), { workerData: directory });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let closing = false;
  let dead: Error | undefined;
  let waiting: PromiseWithResolvers<Uint8Array> | undefined;

  function settle(news: FromEngine): void {
    const answered = waiting;
    waiting = undefined;
    if ('reply' in news) answered?.resolve(news.reply);
    else if ('ready' in news) answered?.resolve(new Uint8Array());
    else if ('refused' in news) answered?.reject(new Error(news.refused));
    else abort(news.aborted, answered);
  }

  function abort(reason: string, answered = waiting): void {
    dead ??= new Error(`The embedded engine died: ${reason}`);
    answered?.reject(dead);
    waiting = undefined;
    if (!closing) onAbort(dead.message);
  }

  function nextNews(): Promise<Uint8Array> {
    waiting = Promise.withResolvers();
    return waiting.promise;
  }

  worker.on('message', settle);
  worker.on('error', (error) => abort(String(error)));
  worker.on('exit', () => {
    if (!closing) abort('its thread ended');
  });

  try {
    await nextNews();
  } catch (error) {
    closing = true;
    await worker.terminate();
    throw error;
  }

  return {
    exchange(message) {
      if (dead) return Promise.reject(dead);
      const order: ToEngine = { message };
      worker.postMessage(order, [message.buffer as ArrayBuffer]);
      return nextNews();
    },
    async close() {
      closing = true;
      if (dead) return void (await worker.terminate());
      const order: ToEngine = 'close';
      worker.postMessage(order);
      await exited;
    },
  };
}
