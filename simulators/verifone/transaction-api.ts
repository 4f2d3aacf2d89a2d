/** `/oidc/api/v2/transactions/{id}/refund`: giving money back. */
import type { FastifyReply } from 'fastify';
import { isUuid } from '#kit/ids.ts';
import { parseMinor } from '#kit/money.ts';
import { type Answer, deliverAnswer } from '../deliver-answer.ts';
import { takeDecline } from '../faults.ts';
import type { Surroundings } from '../simulator.ts';
import { errorAnswer, json, refundDocument } from './documents.ts';
import { connector, type Gateway, type RefundOrder } from './gateway.ts';
import { type ApiRequest, readText } from './request.ts';

/** Where a request has no idempotency key of its own, every one is another refund. */
export function answerRefund(
  request: ApiRequest,
  transactionId: string,
  reply: FastifyReply,
  gateway: Gateway,
  surroundings: Surroundings,
): Promise<void> {
  const { faults, ids } = surroundings;
  const order = readOrder(request, transactionId, ids.uuid());
  const exchange = {
    connector,
    request: 'refund',
    act: async (): Promise<Answer> => {
      if (typeof order === 'string') return errorAnswer(107, gateway.now(), order);
      const verdict = await gateway.refund(order, () => takeDecline(faults, connector, 'refund'));
      if (faults.take(connector, 'refund', ['status-required']) !== undefined)
        return errorAnswer(170, gateway.now());
      if (verdict.kind === 'unknown-transaction') return errorAnswer(109, gateway.now());
      if (verdict.kind === 'key-used') return errorAnswer(110, gateway.now(), 'x-vfi-api-idempotencykey');
      return json(201, refundDocument(verdict.refund));
    },
    skip: () =>
      typeof order === 'string'
        ? Promise.resolve()
        : gateway.note({ kind: 'refund', reference: order.reason, code: '' }),
    wrongShape: () => json(201, []),
    otherAnswer: () => json(201, someoneElses(order, gateway.now())),
  };
  return deliverAnswer(exchange, reply, surroundings);
}

/** The order in a request, or the parameter that is wrong. */
function readOrder(request: ApiRequest, original: string, freshKey: string): RefundOrder | string {
  const { userId, body = {} } = request;
  const minor = typeof body.amount === 'number' ? parseMinor(body.amount) : 'not a number';
  if (typeof minor === 'string') return 'amount';
  const key = request.header('x-vfi-api-idempotencykey');
  if (key !== '' && !isUuid(key)) return 'x-vfi-api-idempotencykey';
  const reason = readText(body.reason, 127) ?? '';
  return { userId, original, minor, reason, idempotencyKey: key === '' ? freshKey : key };
}

/** Another refund than the one asked for: what a mixed-up connection would deliver. */
function someoneElses(order: RefundOrder | string, now: Date) {
  const minor = typeof order === 'string' ? 1 : Number(order.minor);
  return {
    id: '00000000-0000-4000-8000-00000000c0de',
    status: 'REFUNDED',
    reason_code: '00',
    amount: minor + 1,
    merchant_reference: 'SOMEONEELSES0001',
    reason: 'SOMEONEELSES0002',
    created_at: now.toISOString(),
  };
}
