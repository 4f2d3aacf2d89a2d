/** A whole app behind its front door, spoken to in the native dialect. */
import type { Call } from '#core/core.ts';
import { createCredential } from '#core/tenants/create-credential.ts';
import { createTenant } from '#core/tenants/create-tenant.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { wallClock } from '#kit/clock.ts';
import { currency } from '#kit/currency.ts';
import { randomIds } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/http/log.ts';
import { openTestDatabase } from './database.ts';

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is judged by the assertions.
export type Wire = any;

export interface NativeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Wire;
}

interface Asked {
  /** Of the first tenant unless given. */
  readonly key?: string;
  readonly body?: unknown;
  /** A body as it stands, right or wrong. */
  readonly text?: string;
  readonly idempotencyKey?: string;
}

interface KeyHolder {
  readonly tenant: Tenant;
  readonly key: string;
}

export type NativeServer = Awaited<ReturnType<typeof startNative>>;

/** Starts an app with two test tenants, `one` and `two`, that are served by the dummy connector. */
export async function startNative(
  environment: Record<string, string> = {},
  mode: 'demo' | 'production' = 'demo',
) {
  const database = await openTestDatabase();
  const { server, core, batched, authenticator, stop } = await createApp({
    config: readConfig(mode, { PORT: '4000', ...environment }),
    database,
    clock: wallClock,
    ids: randomIds,
    log: createLog('silent'),
    network: { exchange: () => Promise.reject(new Error('no network')), timeoutMs: 1_000 },
    maxEventLoopDelayMs: 0,
  });

  async function openTenant(name: string): Promise<KeyHolder> {
    const tenant = await createTenant(core, {
      name,
      mode: 'test',
      country: 'SE',
      zone: 'Europe/Stockholm',
      settings: { connectors: { dummy: 'dummy' } },
    });
    const lookup = randomIds.reference();
    const { secret } = await createCredential(core, tenant, { facade: 'native', lookup });
    return { tenant, key: `qk_test_${lookup}_${secret}` };
  }

  const one = await openTenant('One');
  const two = await openTenant('Two');

  async function ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    asked: Asked = {},
  ): Promise<NativeAnswer> {
    const payload = asked.text ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
    const response = await server.inject({
      method,
      url: `/v1${path}`,
      headers: {
        authorization: `Bearer ${asked.key ?? one.key}`,
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(asked.idempotencyKey === undefined ? {} : { 'idempotency-key': asked.idempotencyKey }),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const body = response.body === '' ? undefined : JSON.parse(response.body);
    return { status: response.statusCode, headers: response.headers, body };
  }

  /** Makes a payment of 100.00 SEK in another dialect, approved by the processor, and answers its id. */
  const pay = (tenant: Tenant, callbackUrl: string | null = null) => initiate(tenant, 'dummy', callbackUrl);

  /** Makes a payment of 100.00 SEK by a method, whatever comes of it, and answers its id. */
  async function initiate(
    tenant: Tenant,
    method: string,
    callbackUrl: string | null = null,
  ): Promise<string> {
    const call: Call = { tenant, origin: 'ping' };
    const given = { currency: currency('SEK'), splitParameters: {}, splitTreeId: null };
    const { result: order } = await batched.createOrder(call, given);
    const { result } = await batched.initiatePayment(call, {
      orderId: order.id,
      amount: money(10_000n, currency('SEK')),
      method,
      parameters: {},
      particulars: { given: {}, description: 'Vaccination' },
      callbackUrl,
    });
    return result.paymentId;
  }

  return {
    server,
    core,
    authenticator,
    one,
    two,
    openTenant,
    ask,
    pay,
    initiate,
    close: async () => {
      await stop();
      await database.close();
    },
  };
}
