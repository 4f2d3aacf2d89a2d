import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '#core/core.ts';
import { findReturn } from '#core/payments/find-return.ts';
import { isUuid, type OperationId, type TenantId } from '#kit/ids.ts';
import { sendUnknown } from './send-page.ts';

type ReturnRequest = FastifyRequest<{ Params: { connector: string; tenantId: string; operationId: string } }>;

/** What a notification is answered: done, not ours (do not repeat), or ask again. */
const notificationStatus = { read: 200, foreign: 404, unavailable: 503 } as const;

/** No notification is longer: a processor's is below 2 KiB. Nothing of it is kept. */
const notificationBytes = 16 * 1024;

/** Notifications a minute from one address: all of a processor's come from a few. */
const notificationsPerMinute = 6_000;

/**
 * The address payers and processors come back to. What the query says proves nothing: it only makes us ask the
 * processor, and payer and notification end at the same door, in either order and as often as they like.
 */
export function registerReturn(scope: FastifyInstance, core: Core): void {
  scope.get('/return/:connector/:tenantId/:operationId', (request: ReturnRequest, reply) =>
    comeBack(core, request, reply),
  );
  scope.register(async (posts) => {
    // Whatever it says it is, it is taken as text: nothing is decoded before somebody has said that it is theirs.
    posts.removeAllContentTypeParsers();
    posts.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    posts.post(
      '/return/:connector/:tenantId/:operationId',
      {
        bodyLimit: notificationBytes,
        config: { rateLimit: { max: notificationsPerMinute, timeWindow: '1 minute' } },
      },
      (request: ReturnRequest, reply) => beNotified(core, request, reply),
    );
  });
}

/** A processor's notification. Whoever posted it: all it can do is make us ask the processor about this operation. */
async function beNotified(core: Core, request: ReturnRequest, reply: FastifyReply): Promise<FastifyReply> {
  const found = await findOwner(core, request);
  if (found === undefined) return reply.code(notificationStatus.foreign).send();
  const reading = await core.processors.readNotification(found.tenantId, found.operationId, {
    headers: readHeaders(request),
    body: typeof request.body === 'string' ? request.body : '',
  });
  return reply.code(notificationStatus[reading]).header('cache-control', 'no-store').send();
}

function readHeaders({ headers }: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** The operation this address was made for, and where its payer belongs; undefined for an address that is nobody's. */
async function findOwner(core: Core, { params }: ReturnRequest) {
  const { connector, tenantId, operationId } = params;
  if (!isUuid(tenantId) || !isUuid(operationId)) return undefined;
  const found = await findReturn(core, tenantId as TenantId, operationId as OperationId);
  return found?.connector === connector ? { ...found, operationId: operationId as OperationId } : undefined;
}

async function comeBack(core: Core, request: ReturnRequest, reply: FastifyReply): Promise<FastifyReply> {
  const before = await findOwner(core, request);
  if (before === undefined) return sendUnknown(reply, request, 404);
  const { tenantId, operationId } = before;
  const query = new URL(request.url, 'http://return.invalid').searchParams;
  const reading = await core.processors.readReturn(tenantId, operationId, query);
  reply.header('cache-control', 'no-store');
  if (isNotification(request)) return reply.code(notificationStatus[reading]).send();

  const after = await findReturn(core, tenantId, operationId);
  return reply.redirect(after?.url ?? '/', 303);
}

/** Windcave's notifications call themselves PXL1; only the form of the answer depends on it, never what is believed. */
function isNotification(request: FastifyRequest): boolean {
  return (request.headers['user-agent'] ?? '').startsWith('PX');
}
