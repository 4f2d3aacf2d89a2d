/** A merchant in a test: speaks Swish's wire to the simulator in plain JSON, as any client would. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '#kit/clock.ts';
import type { BookRow } from '../book.ts';
import type { Delays } from '../simulator.ts';
import { startSimulators } from '../start.ts';

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is judged by the assertions.
type Wire = any;

export interface Told {
  readonly identifier: string;
  readonly body: Wire;
}

export type SwishMerchant = Awaited<ReturnType<typeof startSwishMerchant>>;

/** Starts the simulators on a clock that stands, and an address that takes their callbacks. */
export async function startSwishMerchant(delays: Partial<Delays> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'quittance-'));
  const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
  const start = () => startSimulators({ port: 0, directory, clock, delays });
  let simulators = await start();
  const callbacks = await listenForCallbacks();
  let last = 0;

  const call = async (method: string, path: string, body?: unknown, contentType = 'application/json') => {
    const response = await fetch(`${simulators.url}/swish-cpcapi/api/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': contentType }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Wire,
    };
  };
  const nextId = () => {
    last += 1;
    return last.toString(16).toUpperCase().padStart(32, '0');
  };
  /** Asks for 10.00 SEK, unless the fields say otherwise. */
  const pay = async (fields: Wire = {}, id = nextId()) => {
    const body = { ...paymentFields(id, callbacks.url), ...fields };
    return { id, ...(await call('PUT', `v2/paymentrequests/${id}`, body)) };
  };
  /** Gives 4.00 SEK back, unless the fields say otherwise. */
  const refund = async (originalPaymentReference: string, fields: Wire = {}) => {
    const id = nextId();
    const body = { ...refundFields(id, callbacks.url), originalPaymentReference, ...fields };
    return { id, ...(await call('PUT', `v2/refunds/${id}`, body)) };
  };
  return {
    clock,
    pay,
    refund,
    payment: async (id: string) => (await call('GET', `v1/paymentrequests/${id}`)).body,
    refunded: async (id: string) => (await call('GET', `v1/refunds/${id}`)).body,
    get: (path: string) => call('GET', path),
    cancel: (id: string) =>
      call(
        'PATCH',
        `v1/paymentrequests/${id}`,
        [{ op: 'replace', path: '/status', value: 'cancelled' }],
        'application/json-patch+json',
      ),
    /** Posts a form to the phone; the page it leads to. */
    touch: async (path: string, form: Record<string, string>) => {
      const body = new URLSearchParams(form);
      return (await fetch(simulators.url + path, { method: 'POST', body })).text();
    },
    phone: async () => (await fetch(`${simulators.url}/phone`)).text(),
    /** Has every request that can meet the fault meet it. */
    setFault: async (fault: object) => {
      const body = JSON.stringify({ connector: 'swish', rate: 1, ...fault });
      const headers = { 'content-type': 'application/json' };
      await fetch(`${simulators.url}/faults`, { method: 'POST', headers, body });
    },
    clearFaults: () => fetch(`${simulators.url}/faults`, { method: 'DELETE' }),
    book: async () => ((await (await fetch(`${simulators.url}/book`)).json()) as { data: BookRow[] }).data,
    told: callbacks.told,
    restart: async () => {
      await simulators.close();
      simulators = await start();
    },
    close: async () => {
      await simulators.close();
      callbacks.close();
      rmSync(directory, { recursive: true });
    },
  };
}

function paymentFields(id: string, callbackUrl: string) {
  return {
    payeePaymentReference: `REF${id.slice(-8)}`,
    callbackUrl,
    callbackIdentifier: id,
    payeeAlias: '1231181189',
    amount: '10.00',
    currency: 'SEK',
    message: 'Visit',
  };
}

function refundFields(id: string, callbackUrl: string) {
  return {
    payerPaymentReference: `REF${id.slice(-8)}`,
    callbackUrl,
    payerAlias: '1231181189',
    amount: '4.00',
    currency: 'SEK',
  };
}

async function listenForCallbacks() {
  const received: Told[] = [];
  const waiters: { count: number; resolve: (told: readonly Told[]) => void }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const identifier = String(request.headers.callbackidentifier ?? '');
    received.push({ identifier, body: JSON.parse(String(Buffer.concat(chunks))) });
    response.end();
    for (const waiter of waiters) if (received.length >= waiter.count) waiter.resolve(received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    /** Settles when so many callbacks have come. */
    told: (count: number) =>
      new Promise<readonly Told[]>((resolve) => {
        if (received.length >= count) resolve(received);
        else waiters.push({ count, resolve });
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
