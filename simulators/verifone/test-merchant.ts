/** A merchant in a test: speaks Verifone's wire to the simulator in plain JSON, as any client would. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BookRow } from '../book.ts';
import { type SimulatorsOptions, startSimulators } from '../start.ts';

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is judged by the assertions.
type Json = any;

export interface Merchant {
  readonly url: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Wire>;
  /** Opens a checkout and answers it with its page. */
  open(fields?: object): Promise<{ id: string; url: string; reference: string }>;
  submit(
    page: string,
    form: Record<string, string>,
  ): Promise<{ status: number; location: URL | null; text: string }>;
  book(): Promise<BookRow[]>;
  setFault(fault: object): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Wire {
  readonly status: number;
  readonly body: Json;
}

export const pay = {
  action: 'pay',
  CardNumber: '4111111111111111',
  CardHolderName: 'Ada Example',
  DateExpiry: '1299',
  Cvc2: '987',
};

export const checkouts = '/oidc/checkout-service/v2/checkout';

let lastReference = 0;

export async function startMerchant(options: Partial<SimulatorsOptions> = {}): Promise<Merchant> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'quittance-'));
  const start = () => startSimulators({ port: 0, ...options, directory });
  let simulators = await start();
  const authorization = `Basic ${Buffer.from('user-1:key-1').toString('base64')}`;
  const call: Merchant['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(simulators.url + path, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    get url() {
      return simulators.url;
    },
    call,
    open: async (fields = {}) => {
      lastReference += 1;
      const reference = `TEST${String(lastReference).padStart(12, '0')}`;
      const { body } = await call('POST', checkouts, { ...checkoutFields(reference), ...fields });
      return { ...body, reference };
    },
    submit: async (page, form) => {
      const body = new URLSearchParams(form);
      const response = await fetch(page, { method: 'POST', body, redirect: 'manual' });
      const location = response.headers.get('location');
      return {
        status: response.status,
        location: location === null ? null : new URL(location),
        text: await response.text(),
      };
    },
    book: async () => ((await (await fetch(`${simulators.url}/book`)).json()) as { data: BookRow[] }).data,
    setFault: async (fault) => {
      await fetch(`${simulators.url}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
    },
    restart: async () => {
      await simulators.close();
      simulators = await start();
    },
    close: async () => {
      await simulators.close();
      if (options.directory === undefined) rmSync(directory, { recursive: true });
    },
  };
}

export function checkoutFields(reference: string) {
  return {
    entity_id: 'entity-1',
    currency_code: 'SEK',
    amount: 12_300,
    merchant_reference: reference,
    return_url: 'http://127.0.0.1:9/return',
    configurations: { card: { mode: 'PAYMENT', payment_contract_id: 'contract-1', capture_now: true } },
  };
}
