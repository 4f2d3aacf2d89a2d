/** What each row of the table does: decode, call one core operation, encode. */
import { deleteCard } from '#core/cards/delete-card.ts';
import { enrolCard } from '#core/cards/enrol-card.ts';
import { listCards, readCard } from '#core/cards/read-cards.ts';
import { changeCustomer } from '#core/customers/change-customer.ts';
import { readCustomer } from '#core/customers/read-customers.ts';
import { readOperation } from '#core/operations/read-operations.ts';
import { listPaymentsOfCustomer } from '#core/payments/read-payment.ts';
import type { RouteAnswer, RouteRequest } from '#http/facade.ts';
import { invalid } from '#kit/errors.ts';
import { findMovement, readMovement, toMovements } from './movement.ts';
import { readCardBody } from './read-card-body.ts';
import { type CompleteBody, readChargeBody, readCompletion } from './read-charge-body.ts';
import { readChange } from './read-client.ts';
import { readPage } from './read-page.ts';
import { requirePage } from './require-page.ts';
import { readAmount } from './wire.ts';
import { writeClient, writePaymentMethod } from './write-client.ts';
import { writePayment } from './write-payment.ts';

export async function getClient({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  return { body: writeClient(await readCustomer(core, call.tenant, params.id ?? '')) };
}

export async function putClient({ core, call, params, body }: RouteRequest): Promise<RouteAnswer> {
  const id = params.id ?? body.Id;
  if (typeof id !== 'string' || id === '') throw invalid('Id', 'missing_field', 'Id is required.');
  if (body.Id && body.Id.toLowerCase() !== id.toLowerCase())
    throw invalid('Id', 'invalid_enum', 'Id is another one than the address has.');
  const { result, replayed } = await changeCustomer(core, call, id, readChange(body, 'Email'));
  return { body: writeClient(await readCustomer(core, call.tenant, result.customerId)), replayed };
}

export async function postCard({ core, call, body }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await enrolCard(core, call, readCardBody(body, call.tenant));
  const operation = await readOperation(core, call.tenant.id, result.operationId);
  return { body: { Url: requirePage(operation), ClientId: result.customerId }, replayed };
}

export async function postCharge({ core, batched, call, body }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await batched.chargeCard(call, readChargeBody(body));
  return { body: writePayment(await readMovement(core, call.tenant, result.paymentId)), replayed };
}

export async function getRefund(request: RouteRequest): Promise<RouteAnswer> {
  const { paymentId = '', amount = '' } = request.query;
  return refund(request, paymentId, 'amount', amount);
}

export async function postRefund(request: RouteRequest): Promise<RouteAnswer> {
  return refund(request, request.body.PaymentId, 'Amount', request.body.Amount);
}

async function refund(
  { core, batched, call }: RouteRequest,
  paymentId: string,
  property: string,
  given: string | number,
): Promise<RouteAnswer> {
  const { record, operation } = await findMovement(core, call.tenant, paymentId);
  if (operation.kind === 'auth' || operation.kind === 'refund')
    throw invalid('paymentId', 'invalid_enum', 'Only a Purchase or a Complete can be refunded.');
  const { minor } = readAmount(property, given, record.payment.currency);
  const { result, replayed } = await batched.refundPayment(call, {
    paymentId: record.payment.id,
    amount: minor,
    reason: 'refund',
  });
  return { body: writePayment(await readMovement(core, call.tenant, result.refundId)), replayed };
}

export async function getComplete(request: RouteRequest): Promise<RouteAnswer> {
  const { paymentId = '', amount = '', surcharge, notes } = request.query;
  return complete(request, {
    PaymentId: paymentId,
    Amount: amount,
    ...(surcharge === undefined ? {} : { Surcharge: surcharge }),
    ...(notes === undefined ? {} : { Notes: notes }),
  });
}

export async function postComplete(request: RouteRequest): Promise<RouteAnswer> {
  return complete(request, request.body);
}

/** More than was reserved may be asked for, and after the funds are no longer reserved: one Complete is sent (decision 21). */
async function complete({ core, batched, call }: RouteRequest, body: CompleteBody): Promise<RouteAnswer> {
  const { record, operation } = await findMovement(core, call.tenant, body.PaymentId);
  if (operation.kind !== 'auth') throw invalid('paymentId', 'invalid_enum', 'Only an Auth can be completed.');
  const { result, replayed } = await batched.capturePayment(call, {
    paymentId: record.payment.id,
    ...readCompletion(body, record.payment.currency),
    mayExceed: true,
  });
  return { body: writePayment(await readMovement(core, call.tenant, result.captureId)), replayed };
}

export async function getPayment({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  return { body: writePayment(await readMovement(core, call.tenant, params.id ?? '')) };
}

export async function getPayments({ core, call, query }: RouteRequest): Promise<RouteAnswer> {
  const customer = await readCustomer(core, call.tenant, query.clientId ?? '');
  const records = await listPaymentsOfCustomer(core, call.tenant, customer.id, readPage(query));
  return { body: (await toMovements(core, call.tenant, records)).map(writePayment) };
}

export async function getPaymentMethods({ core, call, query }: RouteRequest): Promise<RouteAnswer> {
  const customer = await readCustomer(core, call.tenant, query.clientId ?? '');
  return { body: (await listCards(core, call.tenant, customer.id)).map(writePaymentMethod) };
}

export async function deletePaymentMethod({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await deleteCard(core, call, params.id ?? '');
  return { body: writePaymentMethod(await readCard(core, call.tenant, result.cardId)), replayed };
}
