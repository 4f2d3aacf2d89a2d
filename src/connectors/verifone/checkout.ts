import type {
  Inquiry,
  Network,
  OperationRequest,
  Outcome,
  PageOutcome,
  PageRequest,
  ReturnReading,
} from '#kit/connector.ts';
import { minorToJson, sameMoney } from '#kit/money.ts';
import type { VerifoneAccount } from './account.ts';
import { callVerifone, type Reply } from './client.ts';
import { notFoundCode } from './codes.ts';
import { asArray, asObject } from './read-json.ts';
import { type Checkout, judgeCheckout, readCheckout, translatePage } from './translate-checkout.ts';
import { translateError } from './translate-refund.ts';

/** Asks for a hosted page: `POST /v2/checkout`. The amount is taken at once, without a capture of its own. */
export async function openPage(
  account: VerifoneAccount,
  network: Network,
  request: PageRequest,
): Promise<PageOutcome> {
  if (request.kind !== 'purchase')
    return { kind: 'declined', code: 'no-capability', message: 'Only purchases are made on its page.' };
  const amount = minorToJson(request.amount.minor);
  const body = {
    entity_id: account.entityId,
    currency_code: request.amount.currency,
    amount,
    merchant_reference: request.reference,
    return_url: request.returnUrl,
    expiry_time: request.expiresAt.toISOString(),
    interaction_type: 'HPP',
    configurations: { card: configureCard(account) },
    line_items: [{ name: request.description.slice(0, 100) || 'Payment', quantity: 1, total_amount: amount }],
  };
  const reply = await callVerifone(account, network, { method: 'POST', url: account.checkoutUrl, body });
  if (reply.kind === 'failed') return { kind: 'unknown', detail: reply.detail };
  if (reply.status === 200 || reply.status === 201) return translatePage(reply.document, account);
  return translateError(reply.status, reply.document);
}

function configureCard({ paymentContractId, threeDsContractId }: VerifoneAccount) {
  const common = { payment_contract_id: paymentContractId, capture_now: true };
  if (threeDsContractId === undefined) return { mode: 'PAYMENT', ...common };
  // Mode S: the page itself asks whether the issuer wants the payer to prove who they are.
  const threed_secure = { enabled: true, threeds_contract_id: threeDsContractId, transaction_mode: 'S' };
  return { mode: '3DS_PAYMENT', ...common, threed_secure };
}

/**
 * Reads what the payer brought back, `checkout_id` and `transaction_id` or `errorCode`, by asking for the checkout: the
 * address bar proves nothing. Who comes back with an error while the page would still take cards has left it, so it
 * is closed, and another attempt may begin.
 */
export async function readReturn(
  account: VerifoneAccount,
  network: Network,
  query: URLSearchParams,
): Promise<ReturnReading> {
  const [id = '', ...more] = [...query.getAll('checkout_id'), ...query.getAll('checkoutId')];
  if (more.length > 0 || !/^[0-9A-Za-z-]{8,64}$/.test(id)) return { kind: 'foreign' };
  const url = `${account.checkoutUrl}/${id}`;
  const read = async () =>
    toReading(await callVerifone(account, network, { method: 'GET', url }), id, account);
  const first = await read();
  if (first.kind !== 'read' || first.outcome.kind !== 'waiting' || !query.has('errorCode')) return first;
  // The instant of its creation is past for Verifone's clock, whatever ours says.
  const body = { expiry_time: first.createdAt };
  await callVerifone(account, network, { method: 'PATCH', url, body });
  return read();
}

type Reading =
  | (Extract<ReturnReading, { kind: 'read' }> & { readonly createdAt: string })
  | Exclude<ReturnReading, { kind: 'read' }>;

function toReading(reply: Reply, id: string, account: VerifoneAccount): Reading {
  if (reply.kind === 'failed') return { kind: 'unavailable', detail: reply.detail };
  if (reply.status === 404 && asObject(reply.document)?.code === notFoundCode) return { kind: 'foreign' };
  if (reply.status !== 200) return { kind: 'unavailable', detail: `HTTP ${reply.status}` };
  const checkout = readCheckout(reply.document, account);
  if (typeof checkout === 'string') return { kind: 'unavailable', detail: checkout };
  if (checkout.id !== id) return { kind: 'unavailable', detail: 'answer about another checkout' };
  const { reference, createdAt } = checkout;
  return { kind: 'read', reference, outcome: judgeCheckout(checkout), createdAt };
}

/**
 * Asks what became of our reference: `GET /v2/checkout?search=merchant_reference==…` finds every checkout under it,
 * those too whose creation was never answered. A checkout that nobody paid is no record of money.
 */
export async function inquireCheckout(
  account: VerifoneAccount,
  network: Network,
  request: OperationRequest,
): Promise<Inquiry> {
  const url = `${account.checkoutUrl}?${new URLSearchParams({ search: `merchant_reference==${request.reference}` })}`;
  const reply = await callVerifone(account, network, { method: 'GET', url });
  if (reply.kind === 'failed') return unknown(reply.detail);
  const found = reply.status === 200 ? asArray(reply.document) : undefined;
  if (found === undefined) return unknown(`HTTP ${reply.status}`);
  const checkouts = found.map((one) => readCheckout(one, account));
  const outcomes = checkouts.map((one) => (typeof one === 'string' ? unknown(one) : judgeFor(one, request)));
  return combine(outcomes);
}

function judgeFor(checkout: Checkout, request: OperationRequest): Outcome {
  if (checkout.reference !== request.reference) return unknown('answer to another reference');
  if (!sameMoney(checkout.amount, request.amount)) return unknown('answer about another amount');
  return judgeCheckout(checkout);
}

/** What several checkouts under one reference say together; only one of them was ever shown to anybody. */
function combine(outcomes: readonly Outcome[]): Inquiry {
  const doubt = outcomes.find(({ kind }) => kind === 'unknown');
  if (doubt !== undefined) return doubt;
  const [approval, ...more] = outcomes.filter(({ kind }) => kind === 'approved');
  if (more.length > 0) return unknown('several approvals under one reference');
  if (approval !== undefined) return approval;
  const isOver = outcomes.length > 0 && outcomes.every(({ kind }) => kind === 'declined');
  return (isOver ? outcomes.at(-1) : undefined) ?? { kind: 'not-found' };
}

function unknown(detail: string): { kind: 'unknown'; detail: string } {
  return { kind: 'unknown', detail };
}
