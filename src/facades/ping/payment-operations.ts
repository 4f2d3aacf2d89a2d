/** What the rows of the table about payments do. */
import { readOperation, readOperationsOf } from '#core/operations/read-operations.ts';
import { changePayment } from '#core/payments/change-payment.ts';
import { depositMethod } from '#core/payments/payment.ts';
import { listPayments, type PaymentRecord, readPayment } from '#core/payments/read-payment.ts';
import { stopPayment } from '#core/payments/stop-payment.ts';
import { CoreError, invalid, notFound } from '#kit/errors.ts';
import type { OrderId } from '#kit/ids.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { initiateByDeposit } from './deposit-operations.ts';
import { answerList, readBetween } from './read-list.ts';
import { parametersProperty, readOrderItems, readPaymentBody } from './read-payment-body.ts';
import { readCodeWish } from './swish-parameters.ts';
import { paymentStatusesOf } from './wire.ts';
import { writeInitiated, writePayment, writeRefundAnswer } from './write-payment.ts';

export async function initiatePayment(request: RouteRequest): Promise<RouteAnswer> {
  const { core, batched, call } = request;
  const input = readPaymentBody(request);
  const codeWish = readCodeWish(request.body.provider_method_parameters, parametersProperty);
  if (input.method === depositMethod) return initiateByDeposit(request, input);
  const { result, replayed } = await batched.initiatePayment(call, input);
  const charges = await readOperationsOf(core, call.tenant.id, [result.paymentId]);
  return { body: await writeInitiated(result.paymentId, charges, codeWish), replayed };
}

export async function getPayment(request: RouteRequest): Promise<RouteAnswer> {
  return { body: writePayment(await readInOrder(request)) };
}

export async function getPayments(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call, query } = request;
  const given = {
    ...(query.provider === undefined ? {} : { provider: query.provider }),
    ...(query.method === undefined ? {} : { method: query.method }),
  };
  const filter = {
    ...(query.payment_order_id === undefined ? {} : { orderId: query.payment_order_id as OrderId }),
    ...(query.status === undefined ? {} : { statuses: paymentStatusesOf(query.status) }),
    ...(query.is_refund_requested === undefined
      ? {}
      : { hasRefunds: query.is_refund_requested.toLowerCase() === 'true' }),
    ...(Object.keys(given).length === 0 ? {} : { given }),
    ...readBetween(query, [['from_initiated_date_time', 'to_initiated_date_time']]),
  };
  return answerList(request, {
    path: '/payments',
    read: (page) => listPayments(core, call.tenant, filter, page),
    positionOf: ({ payment }) => payment,
    write: (records) => records.map(writePayment),
  });
}

export async function putPayment({ core, call, params, body }: RouteRequest): Promise<RouteAnswer> {
  const { replayed } = await changePayment(core, call, {
    ...idsOf(params),
    items: readOrderItems(body.order_items),
    given: { order_items: body.order_items },
  });
  return { replayed };
}

export async function putPaymentStopped({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const { replayed } = await stopPayment(core, call, idsOf(params));
  return { replayed };
}

/** Refunds are whole here, as documented; parts are given back natively (decision 12). */
export async function postRefund(request: RouteRequest): Promise<RouteAnswer> {
  const { core, batched, call, params, body } = request;
  const { payment } = await readInOrder(request);
  if (body.currency !== payment.currency)
    throw invalid('currency', 'invalid_enum', `The payment is in ${payment.currency}.`);
  if (BigInt(body.amount) !== payment.amount)
    throw new CoreError('operation_forbidden', `The payment is refunded whole: ${payment.amount}.`);
  const { result, replayed } = await batched.refundPayment(call, {
    ...idsOf(params),
    amount: payment.amount,
    reason: body.description ? `${body.reason}: ${body.description}` : body.reason,
  });
  const refund = await readOperation(core, call.tenant.id, result.refundId);
  return { body: writeRefundAnswer(payment, refund), replayed };
}

function idsOf(params: RouteRequest['params']): { orderId: string; paymentId: string } {
  return { orderId: params.order_id ?? '', paymentId: params.payment_id ?? '' };
}

/** The payment, if it is one of the order in the path. */
async function readInOrder({ core, call, params }: RouteRequest): Promise<PaymentRecord> {
  const { orderId, paymentId } = idsOf(params);
  const record = await readPayment(core, call.tenant, paymentId);
  if (record.payment.orderId !== orderId.toLowerCase()) throw notFound('payment');
  return record;
}
