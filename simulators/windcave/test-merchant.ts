/** A merchant in a test: speaks the wire to the simulator in plain strings, as any client would. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BookRow } from '../book.ts';
import { type SimulatorsOptions, startSimulators } from '../start.ts';
import { elements } from './xml.ts';

type Fields = Readonly<Record<string, string>>;

const pxPayLogin = { PxPayUserId: 'Clinic_PxPay', PxPayKey: 'abcdef01'.repeat(8) };
const pxPostLogin = { PostUsername: 'Clinic_PxPost', PostPassword: 'secret' };
export const goodCard = { CardNumber: '4111111111111111', CardHolderName: 'Ada Example', DateExpiry: '1299' };

export interface Merchant {
  readonly url: string;
  /** Answers as text; read an element with `pick`. */
  pxPay(root: 'GenerateRequest' | 'ProcessResponse', fields: Fields): Promise<string>;
  pxPost(fields: Fields): Promise<string>;
  /** Opens a page; its address. */
  openPage(fields?: Fields): Promise<string>;
  submit(page: string, form: Fields): Promise<{ status: number; location: string; text: string }>;
  setFault(fault: object): Promise<void>;
  book(): Promise<BookRow[]>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

let lastId = 0;

/** A TxnId nobody has used in this process. */
export function nextTxnId(): string {
  lastId += 1;
  return `TEST${String(lastId).padStart(12, '0')}`;
}

/** The text of the first element of this name, or the empty string. */
export function pick(document: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(document)?.[1] ?? '';
}

export async function startMerchant(options: Partial<SimulatorsOptions> = {}): Promise<Merchant> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'quittance-'));
  const start = () => startSimulators({ port: 0, ...options, directory });
  let simulators = await start();
  const post = async (path: string, body: string) =>
    (
      await fetch(simulators.url + path, { method: 'POST', body, headers: { 'content-type': 'text/xml' } })
    ).text();

  const pxPay: Merchant['pxPay'] = (root, fields) =>
    post('/pxaccess/pxpay.aspx', `<${root}>${elements({ ...pxPayLogin, ...fields })}</${root}>`);
  return {
    get url() {
      return simulators.url;
    },
    pxPay,
    pxPost: (fields) => post('/pxpost.aspx', `<Txn>${elements({ ...pxPostLogin, ...fields })}</Txn>`),
    openPage: async (fields = {}) =>
      pick(await pxPay('GenerateRequest', { ...pageFields(), ...fields }), 'URI'),
    submit: async (page, form) => {
      const body = new URLSearchParams(form);
      const response = await fetch(page, { method: 'POST', body, redirect: 'manual' });
      const location = response.headers.get('location') ?? '';
      return { status: response.status, location, text: await response.text() };
    },
    setFault: async (fault) => {
      const response = await fetch(`${simulators.url}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (response.status !== 201) throw new Error(await response.text());
    },
    book: async () => {
      const response = await fetch(`${simulators.url}/book`);
      return ((await response.json()) as { data: BookRow[] }).data;
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

export function pageFields(): Record<string, string> {
  return {
    TxnType: 'Purchase',
    AmountInput: '12.30',
    CurrencyInput: 'AUD',
    TxnId: nextTxnId(),
    MerchantReference: 'Visit',
    UrlSuccess: 'http://127.0.0.1:9/return',
    UrlFail: 'http://127.0.0.1:9/return',
  };
}

/** The purchase of a card entered by the merchant: PxPost's card path. */
export function purchaseFields(fields: Fields = {}): Record<string, string> {
  return {
    TxnType: 'Purchase',
    Amount: '10.00',
    InputCurrency: 'AUD',
    TxnId: nextTxnId(),
    ...goodCard,
    ...fields,
  };
}

export interface ReturnAddress {
  readonly url: string;
  /** What has come so far: the query and the User-Agent. */
  readonly calls: { query: URLSearchParams; agent: string }[];
  /** Settles when `count` calls have come. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A merchant's return address that answers each call with the next status, and with the last one for ever. */
export async function startReturnAddress(statuses: readonly number[] = [200]): Promise<ReturnAddress> {
  const calls: ReturnAddress['calls'] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    response.statusCode = statuses[Math.min(calls.length, statuses.length - 1)] ?? 200;
    calls.push({ query, agent: request.headers['user-agent'] ?? '' });
    response.end();
    for (const waiter of waiters) if (calls.length >= waiter.count) waiter.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/return`,
    calls,
    arrived: (count) =>
      new Promise((resolve) => {
        if (calls.length >= count) resolve();
        else waiters.push({ count, resolve });
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
