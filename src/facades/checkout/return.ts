import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '#core/core.ts';
import { findReturn } from '#core/payments/find-return.ts';
import { isUuid, type OperationId, type TenantId } from '#kit/ids.ts';
import { sendUnknown } from './send-page.ts';

type ReturnRequest = FastifyRequest<{ Params: { connector: string; tenantId: string; operationId: string } }>;

/** What a notification is answered: done, not ours (do not repeat), or ask again. */
const notificationStatus = { read: 200, foreign: 404, unavailable: 503 } as const;

/**
 * The address payers and processors come back to. What the query says proves nothing: it only makes us ask the
 * processor, and payer and notification end at the same door, in either order and as often as they like.
 */
export function registerReturn(scope: FastifyInstance, core: Core): void {
  scope.get('/return/:connector/:tenantId/:operationId', (request: ReturnRequest, reply) =>
    comeBack(core, request, reply),
  );
}

async function comeBack(core: Core, request: ReturnRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { connector, tenantId, operationId } = request.params;
  const known = isUuid(tenantId) && isUuid(operationId);
  const before = known ? await findReturn(core, tenantId as TenantId, operationId as OperationId) : undefined;
  if (before?.connector !== connector) return sendUnknown(reply, request, 404);

  const query = new URL(request.url, 'http://return.invalid').searchParams;
  const reading = await core.processors.readReturn(before.tenantId, operationId as OperationId, query);
  reply.header('cache-control', 'no-store');
  if (isNotification(request)) return reply.code(notificationStatus[reading]).send();

  const after = await findReturn(core, before.tenantId, operationId as OperationId);
  return reply.redirect(after?.url ?? '/', 303);
}

/** Windcave's notifications call themselves PXL1; only the form of the answer depends on it, never what is believed. */
function isNotification(request: FastifyRequest): boolean {
  return (request.headers['user-agent'] ?? '').startsWith('PX');
}
