/** The product as a stranger meets it: every route of every façade, real things of two tenants, and all that is stored. */
import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { startCallbackReceiver } from '#test/support/callback-receiver.ts';
import { type Json, pingClient, sendJson } from '#test/support/ping-client.ts';
import { provetClient } from '#test/support/provet-client.ts';
import { findFacades } from '../../src/facades/find-facades.ts';
import type { Facade, Route } from '../../src/http/facade.ts';
import { wallClock } from '../../src/kit/clock.ts';
import { type Dialect, dialectOf, type Things } from './dialects.ts';

export interface Target {
  readonly app: TestApp;
  readonly rows: readonly Row[];
  /** Ids of the tenant that asks, and of another. */
  readonly own: Things;
  /** Every id the other tenant has of anything. */
  readonly foreignIds: readonly string[];
  /** Lets the wall clock jump: wrong credentials are counted by the minute. */
  skipMs(byMs: number): void;
  /** What is in the database, as one text: equal texts, nothing stored. */
  stored(): Promise<string>;
  stop(): Promise<void>;
}

/** One row of one façade's table, ready to be asked. */
export interface Row {
  readonly name: string;
  readonly facade: Facade;
  readonly dialect: Dialect;
  readonly route: Route;
  readonly body: Json;
  /** What the address ends with where the route needs a query. */
  readonly query: string;
  /** The address, with each parameter replaced. */
  address(parameter: (name: string) => string): string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function openTarget(): Promise<Target> {
  let skippedMs = 0;
  const app = await startTestApp({
    clock: { now: () => new Date(wallClock.now().getTime() + skippedMs) },
  });
  const receiver = await startCallbackReceiver();
  const skipMs = (byMs: number) => {
    skippedMs += byMs;
  };
  const stop = async () => {
    await app.stop();
    await receiver.close();
  };
  try {
    return { ...(await prepare(app, receiver.url)), app, skipMs, stop };
  } catch (error) {
    // What is left running would keep the whole run of the tests waiting.
    await stop();
    throw error;
  }
}

type Prepared = Omit<Target, 'app' | 'skipMs' | 'stop'>;

async function prepare(app: TestApp, callbackUrl: string): Promise<Prepared> {
  const own = await makeThings(app, 0, callbackUrl);
  await makeThings(app, 1, callbackUrl);
  await Promise.all(app.tenants.map(({ tenant }) => app.app.core.work.drain(tenant.id)));
  const tables = await app.app.core.database.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`,
  );
  return {
    own,
    rows: await findRows(app, own),
    foreignIds: await idsOf(app, 1),
    stored: async () => {
      const counts = await app.app.core.database.query(storedSql(tables.map(({ name }) => name)));
      return JSON.stringify(counts);
    },
  };
}

/** An order, a link paid once, and what hangs on them, so that every kind of id exists. */
async function makeThings(app: TestApp, index: number, callbackUrl: string): Promise<Things> {
  const ping = pingClient(app, index);
  const link = await ping.createLink({ payment_link_status_callback_url: callbackUrl });
  await ping.call('PUT', `/payment_links/${link.id}/distribute`, { methods: ['sms'] });
  const { body } = await ping.call('POST', `/payment_links/${link.id}/payments`, {
    provider: 'dummy',
    method: 'dummy',
  });
  const merchant = app.tenants[index]?.merchantId ?? '';
  const provet = provetClient(app, index);
  const { clientId: client, paymentMethodId: card } = await provet.keepCard();
  const { Id: charge } = await provet.charge({ clientId: client, paymentMethodId: card });
  const { Id: auth } = await provet.charge({ clientId: client, paymentMethodId: card }, { IsPreAuth: true });
  const { Id: subscription } = await provet.enrol({ Client: { Id: client } });
  return {
    client,
    card,
    charge,
    auth,
    subscription,
    order: link.orderId,
    link: link.id,
    payment: body.id,
    merchant,
    callbackUrl,
  };
}

async function idsOf(app: TestApp, index: number): Promise<string[]> {
  const lists = ['payments', 'links', 'events', 'callbacks', 'messages', 'credentials'];
  const answers = await Promise.all(
    lists.map((list) => sendJson(`${app.url}/v1/${list}`, 'GET', app.native(index))),
  );
  const ids = answers.flatMap(({ body }) => body.data.map((one: Json) => one.id));
  const orders = answers.flatMap(({ body }) => body.data.flatMap((one: Json) => one.orderId ?? []));
  return [...new Set<string>([...ids, ...orders])];
}

async function findRows(app: TestApp, own: Things): Promise<Row[]> {
  const { facades } = await findFacades();
  return facades.flatMap((facade) => {
    const dialect = dialectOf(facade.name);
    const bodies = dialect.bodies(app, own);
    const queries = dialect.queries?.(own) ?? {};
    return facade.routes.map((route): Row => {
      const key = `${route.method} ${route.path}`;
      assert.equal(route.body === undefined, bodies[key] === undefined, `a valid body for ${key}`);
      return {
        name: `${facade.name} ${key}`,
        facade,
        dialect,
        route,
        body: bodies[key],
        query: queries[key] === undefined ? '' : `?${queries[key]}`,
        address: (parameter) =>
          app.url +
          (dialect.prefix?.(app) ?? facade.prefix) +
          route.path.replaceAll(/:(\w+)/g, (_, name) => parameter(name)),
      };
    });
  });
}

/** Credentials are told by their number: when they were last used is written down now and then. */
function storedSql(tables: readonly string[]): string {
  return tables
    .map((table) =>
      table === 'credentials'
        ? `select '${table}' as name, count(*)::text as content from ${table}`
        : `select '${table}' as name, md5(coalesce(string_agg(t::text, '' order by t::text), '')) as content from ${contentOf(table)} t`,
    )
    .join(' union all ');
}

/** Columns by table: a page that waits for its payer is asked about, and a callback tried again, whatever is asked of us. */
const changedByItself: Readonly<Record<string, readonly string[]>> = {
  operations: ['inquiries', 'next_inquiry_at', 'end_asked_at'],
  callbacks: ['status', 'attempts', 'due_at', 'lease_until', 'last_status', 'last_error', 'delivered_at'],
};

function contentOf(table: string): string {
  const columns = changedByItself[table];
  if (columns === undefined) return table;
  return `(select to_jsonb(o) - array[${columns.map((name) => `'${name}'`).join(', ')}] from ${table} o)`;
}

/** Sends bytes as they are, whatever they are. */
export async function sendRaw(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
): Promise<RawAnswer> {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Asserts that the answer is an error in the façade's own words, and not ours to blame. */
export function assertRefused(row: Row, answer: RawAnswer, what: string): void {
  const said = `${row.name}: ${what}: ${answer.status} ${answer.text.slice(0, 300)}`;
  assert.ok(answer.status >= 400 && answer.status < 500, said);
  assert.match(answer.headers.get('request-id') ?? '', /^[0-9a-f-]{36}$/, said);
  try {
    row.dialect.assertError(answer.status, JSON.parse(answer.text), answer.headers.get('content-type') ?? '');
  } catch (error) {
    throw new Error(said, { cause: error });
  }
}
