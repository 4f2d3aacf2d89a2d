/** Swish's callbacks: the movement as it stands, posted until it is answered 200. */
import { createNotifier } from '../notifier.ts';
import type { Surroundings } from '../simulator.ts';
import { movementDocument } from './documents.ts';
import type { Movement } from './state.ts';

export function createCallbacks(surroundings: Surroundings) {
  return createNotifier(surroundings, {
    connector: 'swish',
    send: (movement: Movement) => post(movement, surroundings.closing),
    isFinal: (status) => status === 200,
    retryMs: surroundings.delays.callbackRetryMs,
  });
}

/** The status of one try, 0 where there was none. */
async function post(movement: Movement, closing: AbortSignal): Promise<number> {
  const { callbackUrl, callbackIdentifier } = movement;
  try {
    const response = await fetch(callbackUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(callbackIdentifier === undefined ? {} : { callbackidentifier: callbackIdentifier }),
      },
      body: movementDocument(movement),
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(10_000)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
