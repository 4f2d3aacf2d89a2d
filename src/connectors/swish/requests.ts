/** What is asked of Swish, by version 2 of its commerce API, and what its answers say. */
import type { Inquiry, Network, OperationRequest, Outcome } from '#kit/connector.ts';
import { formatDecimal } from '#kit/money.ts';
import type { SwishAccount } from './account.ts';
import { ask } from './client.ts';
import { instructionIdOf } from './instruction-id.ts';
import { toMessage } from './message.ts';
import { translateCreated, translateMovement } from './translate.ts';

/** Asks for a payment or a refund. Money moves when the payer, or the payer's bank, has done their part. */
export async function sendMovement(
  account: SwishAccount,
  network: Network,
  request: OperationRequest,
): Promise<Outcome> {
  if (request.kind !== 'purchase' && request.kind !== 'refund')
    return { kind: 'declined', cause: 'request', code: 'kind', message: 'Swish has no such movement.' };
  if (request.amount.currency !== 'SEK')
    return { kind: 'declined', cause: 'request', code: 'AM03', message: 'Swish moves SEK alone.' };
  const id = instructionIdOf(request.reference);
  const isPurchase = request.kind === 'purchase';
  const reply = await ask(network, account, {
    method: 'PUT',
    path: isPurchase ? `v2/paymentrequests/${id}` : `v2/refunds/${id}`,
    body: isPurchase ? paymentBody(account, request) : refundBody(account, request),
  });
  return translateCreated(reply, request, id);
}

/** Asks what became of our reference. */
export async function inquireMovement(
  account: SwishAccount,
  network: Network,
  request: OperationRequest,
): Promise<Inquiry> {
  const id = instructionIdOf(request.reference);
  const path = request.kind === 'refund' ? `v1/refunds/${id}` : `v1/paymentrequests/${id}`;
  return translateMovement(await ask(network, account, { method: 'GET', path }), request, id);
}

/** Takes back a payment request that the payer has not approved. A refusal (RP07) is settled by asking. */
export async function cancelPayment(
  account: SwishAccount,
  network: Network,
  request: OperationRequest,
): Promise<Inquiry> {
  const id = instructionIdOf(request.reference);
  const reply = await ask(network, account, {
    method: 'PATCH',
    path: `v1/paymentrequests/${id}`,
    body: [{ op: 'replace', path: '/status', value: 'cancelled' }],
    contentType: 'application/json-patch+json',
  });
  return translateMovement(reply, request, id);
}

/** Without a phone number it is m-commerce: Swish answers a token, for the app on this phone or for a QR code. */
function paymentBody(account: SwishAccount, request: OperationRequest): Record<string, string | undefined> {
  const { phone_number: phone, message, swish_message: linkMessage } = request.parameters ?? {};
  return {
    payeePaymentReference: request.reference,
    ...notificationFields(request),
    payerAlias: phone?.replace(/^\+/, ''),
    payeeAlias: account.payeeAlias,
    amount: formatDecimal(request.amount),
    currency: request.amount.currency,
    message: toMessage(message ?? linkMessage ?? request.description),
  };
}

function refundBody(account: SwishAccount, request: OperationRequest): Record<string, string | undefined> {
  return {
    originalPaymentReference: request.originalReference,
    payerPaymentReference: request.reference,
    ...notificationFields(request),
    payerAlias: account.payeeAlias,
    amount: formatDecimal(request.amount),
    currency: request.amount.currency,
    message: toMessage(request.description),
  };
}

function notificationFields({ notification }: OperationRequest) {
  return { callbackUrl: notification?.url, callbackIdentifier: notification?.identifier };
}
