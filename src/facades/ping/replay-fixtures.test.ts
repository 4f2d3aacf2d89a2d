/**
 * Replays `fixtures/`: conversations as a Ping client has them, each request with the answer it must get. In a request
 * `{name}` stands for what an earlier exchange kept, or for the tenant's `merchant` and `tenant`. In an answer it
 * stands for the same, or for a kind of value: `{uuid}`, `{instant}`, `{address}`, `{ocr}`, `{sms}`. Everything else is compared exactly,
 * and no key may be missing or too many.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, type PingClient, pingClient } from '#test/support/ping-client.ts';

interface Exchange {
  readonly about?: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Record<string, string>;
    readonly body?: Json;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly body?: Json;
  };
  /** Properties of the answer that later exchanges speak of, by the name they use. */
  readonly keep?: Readonly<Record<string, string>>;
}

interface Conversation {
  readonly about: string;
  readonly source: string;
  readonly exchanges: readonly Exchange[];
}

const folder = new URL('./fixtures/', import.meta.url);

let app: TestApp;
let ping: PingClient;
before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
});
after(() => app.stop());

const kinds: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
  address: /^http:\/\/localhost:\d+\/pay\/[\w-]{32}(\/receipt\.pdf|\/invoice\.pdf)?$/,
  ocr: /^\d{12}$/,
  sms: /^(CREATED|PENDING|DELIVERED)$/,
};

type Kept = Map<string, string>;

function fill(value: Json, kept: Kept): Json {
  const text = JSON.stringify(value);
  return text === undefined
    ? undefined
    : JSON.parse(text.replaceAll(/\{(\w+)\}/g, (all, name) => kept.get(name) ?? all));
}

/** Puts the kind's name in the place of each value that is of the kind wanted there. */
function abstract(actual: Json, wanted: Json): Json {
  if (typeof wanted === 'string' && typeof actual === 'string') {
    const kind = kinds[/^\{(\w+)\}$/.exec(wanted)?.[1] ?? ''];
    return kind?.test(actual) ? wanted : actual;
  }
  if (actual === null || typeof actual !== 'object' || wanted === null || typeof wanted !== 'object')
    return actual;
  const entries = Object.entries(actual).map(([key, value]) => [key, abstract(value as Json, wanted[key])]);
  return Array.isArray(actual) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

async function replay(exchange: Exchange, kept: Kept): Promise<void> {
  const { method, path, headers, body } = fill(exchange.request, kept);
  const answer = await ping.call(method, path, body, headers);
  const what = `${exchange.about ?? ''} ${method} ${path}: ${answer.text}`;
  assert.equal(answer.status, exchange.response.status, what);
  const wanted = fill(exchange.response.body, kept);
  assert.deepEqual(abstract(answer.body, wanted), wanted, what);
  for (const [name, value] of Object.entries(exchange.response.headers ?? {}))
    assert.equal(answer.headers.get(name), value, what);
  for (const [name, property] of Object.entries(exchange.keep ?? {})) kept.set(name, answer.body[property]);
}

describe('a Ping client', () => {
  for (const file of readdirSync(folder)) {
    const { about, exchanges } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Conversation;
    it(`${about} (${file})`, async () => {
      const [first] = app.tenants;
      const kept: Kept = new Map([
        ['merchant', first?.merchantId ?? ''],
        ['tenant', first?.tenant.id ?? ''],
      ]);
      for (const exchange of exchanges) await replay(exchange, kept);
    });
  }
});
