/** The demo's own pages: `/`, `/inbox`, `/demo.json` and `/demo.env`. They answer on this machine only. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { renderHome } from '../../web/checkout/render-home.ts';
import { renderInbox } from '../../web/checkout/render-inbox.ts';
import type { App } from '../app.ts';
import { runAudit } from '../core/audit/run-audit.ts';
import { payerUrl } from '../core/links/compose-invitation.ts';
import { listLinks } from '../core/links/read-link.ts';
import { listMessages } from '../core/messages/list-messages.ts';
import { sendPage } from '../facades/checkout/send-page.ts';
import { CoreError } from '../kit/errors.ts';
import { money } from '../kit/money.ts';
import type { DemoTenant } from './seed-demo.ts';

/** Links shown on the front page, messages shown in the inbox. */
const shownLinks = 5;
const shownMessages = 50;

/** Mounts them. */
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
        urls: {
          inbox: '/inbox',
          docs: '/docs',
          demoJson: '/demo.json',
          audit: '/demo/audit',
          phone: `${demo.simulatorUrl}/phone`,
        },
      }),
    );
  });
}

/** The first tenant's keys as shell assignments; none of the values needs quoting. */
function describeForShell(tenant: DemoTenant | undefined): string {
  if (tenant === undefined) return '';
  const { ping, native } = tenant.entries;
  return [
    `TENANT=${tenant.tenant.id}`,
    `SECRET=${ping?.headers['x-api-secret']}`,
    `MERCHANT=${tenant.merchantId}`,
    `KEY=${native?.headers.authorization?.replace(/^Bearer /, '')}`,
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
    tenants: tenants.map(({ tenant, entries }) => ({ name: tenant.name, ...entries })),
  };
}

function requireLoopback(request: FastifyRequest): void {
  const address = request.socket.remoteAddress ?? '';
  if (address !== '::1' && !address.startsWith('127.') && !address.startsWith('::ffff:127.')) {
    throw new CoreError('not_found', 'There is nothing here.');
  }
}
