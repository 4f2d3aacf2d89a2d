/** The calls of Swish's commerce API: what is put, read and taken back. */
import type { FastifyReply } from 'fastify';
import { type Answer, answerFlakily, deliverAnswer } from '../deliver-answer.ts';
import { statusFaults } from '../faults.ts';
import type { Surroundings } from '../simulator.ts';
import type { Bank } from './bank.ts';
import { createdAnswer, emptyAnswer, movementAnswer, refusedAnswer } from './documents.ts';
import { type Body, provokedRefusal, readAmount, refusePayment, refuseRefund, textOf } from './rules.ts';
import type { Movement, PaymentRequest, Refund } from './state.ts';

const connector = 'swish';

/** What a PUT asks for: under which id, and at which address it can be read afterwards. */
export interface Instruction {
  readonly type: Movement['type'];
  readonly id: string;
  readonly origin: string;
  readonly body: Body;
}

export interface Wire {
  put(instruction: Instruction, reply: FastifyReply): Promise<void>;
  get(type: Movement['type'], id: string, reply: FastifyReply): Promise<void>;
  patch(id: string, body: unknown, reply: FastifyReply): Promise<void>;
}

export function createWire(bank: Bank, surroundings: Surroundings): Wire {
  const { book, faults, ids } = surroundings;
  const note = (kind: string, reference: string, outcome: 'none' | 'declined', code: string) =>
    book.record(connector, { row: { kind, reference, outcome, code } });

  const take = async (instruction: Instruction): Promise<Answer> => {
    const { id, type, body } = instruction;
    const movement =
      type === 'payment' ? toPayment(instruction, bank, ids.token(16)) : toRefund(instruction, bank);
    const refusal = bank.state.find(id) === undefined ? movement : 'RP09';
    if (typeof refusal === 'string') {
      await note(kindOfType(type), referenceOf(body), refusal === 'RP09' ? 'none' : 'declined', refusal);
      return refusedAnswer(refusal);
    }
    await bank.open(refusal);
    return createdAnswer(
      addressOf(instruction.origin, type, id),
      'token' in refusal ? refusal.token : undefined,
    );
  };
  return {
    put: (instruction, reply) => {
      const { type, body, origin } = instruction;
      const exchange = {
        connector,
        request: kindOfType(type),
        act: () => take(instruction),
        skip: () => note(kindOfType(type), referenceOf(body), 'none', ''),
        wrongShape: (): Answer => ({ status: 200, contentType: 'text/html', body: '<html><body>OK' }),
        otherAnswer: () => createdAnswer(addressOf(origin, type, '0'.repeat(32)), 'somebodyelses0001'),
      };
      return deliverAnswer(exchange, reply, surroundings);
    },
    get: async (type, id, reply) => {
      const fault = faults.take(connector, 'status', statusFaults);
      await bank.catchUp(id);
      const found = bank.state.find(id);
      const movement = found?.type === type ? found : undefined;
      const lags =
        fault?.kind === 'status-lags' && movement !== undefined && isYoung(movement, bank, surroundings);
      const answer = movement === undefined || lags ? emptyAnswer(404) : movementAnswer(movement);
      bank.haveAsked(id);
      await note('status', movement?.reference ?? id, 'none', movement?.status ?? '404');
      if (fault?.kind === 'status-flaky') return answerFlakily(fault, answer, reply, surroundings);
      send(reply, answer);
    },
    patch: async (id, body, reply) => {
      await bank.catchUp(id);
      const payment = bank.state.find(id);
      if (payment?.type !== 'payment') return send(reply, emptyAnswer(404));
      if (!isCancel(body)) return send(reply, emptyAnswer(400));
      if (payment.status !== 'CREATED') return send(reply, refusedAnswer('RP07'));
      await bank.cancel(payment);
      send(reply, movementAnswer(bank.state.find(id) ?? payment));
    },
  };
}

function toPayment({ id, body }: Instruction, bank: Bank, token: string): PaymentRequest | string {
  const refusal = refusePayment(body) ?? provokedRefusal(textOf(body, 'message'));
  if (refusal !== undefined) return refusal;
  const payerAlias = textOf(body, 'payerAlias');
  const isBusy = bank.state
    .open()
    .some((one) => one.type === 'payment' && one.status === 'CREATED' && one.payerAlias === payerAlias);
  if (payerAlias !== '' && isBusy) return 'RP06';
  return {
    ...toInstruction(id, body, bank),
    type: 'payment',
    status: 'CREATED',
    merchant: textOf(body, 'payeeAlias'),
    ...(payerAlias === '' ? { token: token.replaceAll(/[^0-9A-Za-z]/g, '0') } : { payerAlias }),
  };
}

function toRefund({ id, body }: Instruction, bank: Bank): Refund | string {
  const refusal = refuseRefund(body) ?? provokedRefusal(textOf(body, 'message'));
  if (refusal !== undefined) return refusal;
  const originalPaymentReference = textOf(body, 'originalPaymentReference');
  const merchant = textOf(body, 'payerAlias');
  const original = bank.state.paymentByReference(originalPaymentReference);
  if (original?.status !== 'PAID') return 'RF02';
  if (original.merchant !== merchant) return 'RF03';
  const total = bank.state.refunded(originalPaymentReference) + readAmount(body).minor;
  if (total > original.amount.minor) return 'RF08';
  return {
    ...toInstruction(id, body, bank),
    type: 'refund',
    status: 'INITIATED',
    merchant,
    originalPaymentReference,
  };
}

function toInstruction(id: string, body: Body, bank: Bank) {
  const callbackIdentifier = textOf(body, 'callbackIdentifier');
  return {
    id,
    reference: referenceOf(body) || id,
    callbackUrl: textOf(body, 'callbackUrl'),
    ...(callbackIdentifier === '' ? {} : { callbackIdentifier }),
    amount: readAmount(body),
    message: textOf(body, 'message'),
    createdAt: bank.now().toISOString(),
  };
}

function referenceOf(body: Body): string {
  return textOf(body, 'payeePaymentReference') || textOf(body, 'payerPaymentReference');
}

function kindOfType(type: Movement['type']): string {
  return type === 'payment' ? 'purchase' : 'refund';
}

function addressOf(origin: string, type: Movement['type'], id: string): string {
  return `${origin}/swish-cpcapi/api/v1/${type === 'payment' ? 'paymentrequests' : 'refunds'}/${id}`;
}

function isYoung(movement: Movement, bank: Bank, { delays }: Surroundings): boolean {
  return bank.now().getTime() - Date.parse(movement.createdAt) < delays.statusLagMs;
}

function isCancel(body: unknown): boolean {
  const [change] = Array.isArray(body) ? (body as Body[]) : [];
  return change?.op === 'replace' && change.path === '/status' && change.value === 'cancelled';
}

function send(reply: FastifyReply, answer: Answer): void {
  reply.status(answer.status).type(answer.contentType).send(answer.body);
}
