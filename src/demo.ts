/** Demo mode: two test tenants with known keys, a link to pay at once, and the pages that show them. Loopback only. */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { renderHome } from '../web/checkout/render-home.ts';
import { renderInbox } from '../web/checkout/render-inbox.ts';
import type { App } from './app.ts';
import { demoMasterKey } from './config.ts';
import { runAudit } from './core/audit/run-audit.ts';
import type { Core } from './core/core.ts';
import { payerUrl } from './core/links/compose-invitation.ts';
import { listLinks } from './core/links/read-link.ts';
import { createMerchant } from './core/merchants/create-merchant.ts';
import { listMessages } from './core/messages/list-messages.ts';
import { generateCallbackKey } from './core/tenants/callback-key.ts';
import { putConnectorAccount } from './core/tenants/connector-account.ts';
import { createCredential } from './core/tenants/create-credential.ts';
import { createTenant } from './core/tenants/create-tenant.ts';
import { readTenant } from './core/tenants/read-tenant.ts';
import type { Tenant } from './core/tenants/tenant.ts';
import { sendPage } from './facades/checkout/send-page.ts';
import { currency } from './kit/currency.ts';
import { CoreError } from './kit/errors.ts';
import type { CredentialId, MerchantId, TenantId } from './kit/ids.ts';
import { money } from './kit/money.ts';
import { deriveKey } from './kit/secrets.ts';

const names = ['Demo One', 'Demo Two'] as const;

/** Links shown on the front page, messages shown in the inbox. */
const shownLinks = 5;
const shownMessages = 50;

/** Demo tenants may ask a thousand times as often as others. */
const requestsPerMinute = 6_000_000;

export interface DemoTenant {
  readonly tenant: Tenant;
  readonly merchantId: MerchantId;
  readonly pingSecret: string;
  readonly nativeKey: string;
}

/** Makes the demo's tenants, or finds them as they were: their ids and secrets follow from their names. */
export async function seedDemo(core: Core, simulatorUrl: string): Promise<DemoTenant[]> {
  return Promise.all(names.map((name) => seedTenant(core, name, simulatorUrl)));
}

async function seedTenant(core: Core, name: string, simulatorUrl: string): Promise<DemoTenant> {
  const id = demoId(name, 'tenant') as TenantId;
  await createTenant(core, {
    id,
    organisationId: demoId(name, 'organisation'),
    name,
    mode: 'test',
    country: 'SE',
    zone: 'Europe/Stockholm',
    settings: {
      connectors: { card: 'windcave', dummy: 'dummy' },
      organisationNumber: '556677-8899',
      requestsPerMinute,
    },
  });
  const tenant = await readTenant(core, id);
  if (tenant.callbackPublicKey === null) await generateCallbackKey(core, id);
  const merchantId = demoId(name, 'merchant') as MerchantId;
  await createMerchant(core, tenant, {
    id: merchantId,
    name: `${name} Djurklinik`,
    organisationNumber: '556677-8899',
  });
  await putConnectorAccount(core, id, 'windcave', windcaveAccount(name, simulatorUrl));
  const lookup = demoSecret(name, 'native lookup')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 12);
  const pingSecret = demoSecret(name, 'ping');
  const nativeSecret = demoSecret(name, 'native');
  await createCredential(core, tenant, {
    id: demoId(name, 'ping') as CredentialId,
    facade: 'ping',
    lookup: id,
    secret: pingSecret,
    label: 'demo',
  });
  await createCredential(core, tenant, {
    id: demoId(name, 'native') as CredentialId,
    facade: 'native',
    lookup,
    secret: nativeSecret,
    label: 'demo',
  });
  return { tenant, merchantId, pingSecret, nativeKey: `qk_test_${lookup}_${nativeSecret}` };
}

function windcaveAccount(name: string, simulatorUrl: string): Record<string, string> {
  const stem = name.replaceAll(' ', '');
  return {
    pxPayUserId: `${stem}_PxPay`,
    pxPayKey: createHash('sha256').update(`${name} pxpay`).digest('hex'),
    postUsername: `${stem}_PxPost`,
    postPassword: demoSecret(name, 'pxpost').slice(0, 24),
    baseUrl: simulatorUrl,
  };
}

/** Makes a link that a visitor can pay at once, and answers where. */
export async function createDemoLink(app: App, { tenant, merchantId }: DemoTenant): Promise<string> {
  const call = { tenant, origin: 'ping' };
  const { result: order } = await app.batched.createOrder(call, {
    currency: currency('SEK'),
    splitParameters: {},
    splitTreeId: null,
  });
  const given = { description: 'Vaccination, hund', price: 45_000, quantity: 1, vat: 25 };
  const { result: link } = await app.batched.createLink(call, {
    orderId: order.id,
    amount: 45_000n,
    items: [
      {
        description: given.description,
        quantity: 1,
        unitMinor: given.price,
        vatBasisPoints: 2_500,
        unit: 'st',
        merchantId,
        given,
      },
    ],
    methods: [
      { method: 'card', parameters: {}, given: { provider: 'verifone', method: 'card' } },
      { method: 'dummy', parameters: {}, given: { provider: 'dummy', method: 'dummy' } },
    ],
    customer: {
      firstName: 'Bertil',
      lastName: 'Jönsson',
      email: 'bertil@example.com',
      phone: '+46700000000',
      reference: null,
    },
    particulars: {
      language: 'sv',
      supplier: { name: `${tenant.name} Djurklinik`, city: 'Örebro', organisationNumber: '556677-8899' },
      given: { language: 'SE', locale: 'sv-SE', supplier: { city: 'Örebro' }, metadata: {} },
    },
    dueDate: null,
    callbackUrl: null,
  });
  return payerUrl(app.core, link);
}

/** Mounts the demo's own pages: `/`, `/inbox`, `/demo.json` and `/demo.env`. They answer on this machine only. */
export function registerDemo(
  server: FastifyInstance,
  app: App,
  demo: { tenants: readonly DemoTenant[]; simulatorUrl: string },
): void {
  const { core } = app;
  server.get('/demo.json', async (request) => {
    requireLoopback(request);
    return describeDemo(core.publicUrl, demo);
  });
  server.get('/demo.env', async (request, reply) => {
    requireLoopback(request);
    return reply.type('text/plain; charset=utf-8').send(describeForShell(demo.tenants[0]));
  });
  server.get('/demo/audit', async (request) => {
    requireLoopback(request);
    return runAudit(core);
  });
  server.get('/inbox', async (request, reply) => {
    requireLoopback(request);
    const lists = await Promise.all(
      demo.tenants.map(({ tenant }) => listMessages(core, tenant, shownMessages)),
    );
    const messages = lists.flat().toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    const view = messages.slice(0, shownMessages).map((message) => ({
      id: message.id,
      channel: message.medium,
      to: message.recipient,
      ...(message.subject === null ? {} : { subject: message.subject }),
      text: message.body,
      status: message.status,
      createdAt: message.createdAt.toISOString(),
    }));
    return sendPage(reply, renderInbox({ messages: view, homeUrl: '/' }));
  });
  server.get('/', async (request, reply) => {
    requireLoopback(request);
    const [first] = demo.tenants;
    const links = first === undefined ? [] : await listLinks(core, first.tenant, { limit: 50 });
    const open = links.filter((link) => link.status === 'created').slice(0, shownLinks);
    const view = open.map((link) => ({
      title: `${link.particulars.supplier.name}: ${link.items[0]?.description ?? ''}`,
      amount: money(link.amount, link.currency),
      url: payerUrl(core, link),
    }));
    return sendPage(
      reply,
      renderHome({
        links: view,
        urls: { inbox: '/inbox', docs: '/docs', demoJson: '/demo.json', audit: '/demo/audit' },
      }),
    );
  });
}

/** The first tenant's keys as shell assignments; none of the values needs quoting. */
function describeForShell(tenant: DemoTenant | undefined): string {
  if (tenant === undefined) return '';
  return [
    `TENANT=${tenant.tenant.id}`,
    `SECRET=${tenant.pingSecret}`,
    `MERCHANT=${tenant.merchantId}`,
    `KEY=${tenant.nativeKey}`,
    '',
  ].join('\n');
}

function describeDemo(
  publicUrl: string,
  { tenants, simulatorUrl }: { tenants: readonly DemoTenant[]; simulatorUrl: string },
) {
  return {
    url: publicUrl,
    simulator: simulatorUrl,
    tenants: tenants.map(({ tenant, merchantId, pingSecret, nativeKey }) => ({
      name: tenant.name,
      native: { base: `${publicUrl}/v1`, headers: { authorization: `Bearer ${nativeKey}` } },
      ping: {
        base: `${publicUrl}/api/v1`,
        headers: { tenant_id: tenant.id, 'x-api-secret': pingSecret },
        merchantId,
      },
    })),
  };
}

function requireLoopback(request: FastifyRequest): void {
  const address = request.socket.remoteAddress ?? '';
  if (address !== '::1' && !address.startsWith('127.') && !address.startsWith('::ffff:127.')) {
    throw new CoreError('not_found', 'There is nothing here.');
  }
}

/** The same secret at every start and on every node, and no secret at all: the key it comes from is printed above. */
function demoSecret(name: string, purpose: string): string {
  return deriveKey(demoMasterKey, `${name}: ${purpose}`).toString('base64url');
}

function demoId(name: string, purpose: string): string {
  const hex = deriveKey(demoMasterKey, `${name}: id of ${purpose}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
