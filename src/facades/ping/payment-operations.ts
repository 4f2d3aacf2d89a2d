/** What the rows of the table about payments do. */
import { readOperationsOf } from '#core/operations/read-operations.ts';
import { depositMethod } from '#core/payments/payment.ts';
import { readPayment } from '#core/payments/read-payment.ts';
import { notFound } from '#kit/errors.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { initiateByDeposit } from './deposit-operations.ts';
import { parametersProperty, readPaymentBody } from './read-payment-body.ts';
import { readCodeWish } from './swish-parameters.ts';
import { writeInitiated, writePayment } from './write-payment.ts';

export async function initiatePayment(request: RouteRequest): Promise<RouteAnswer> {
  const { core, batched, call } = request;
  const input = readPaymentBody(request);
  const codeWish = readCodeWish(request.body.provider_method_parameters, parametersProperty);
  if (input.method === depositMethod) return initiateByDeposit(request, input);
  const { result, replayed } = await batched.initiatePayment(call, input);
  const charges = await readOperationsOf(core, call.tenant.id, [result.paymentId]);
  return { body: await writeInitiated(result.paymentId, charges, codeWish), replayed };
}

export async function getPayment({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const record = await readPayment(core, call.tenant, params.payment_id ?? '');
  if (record.payment.orderId !== params.order_id?.toLowerCase()) throw notFound('payment');
  return { body: writePayment(record) };
}
