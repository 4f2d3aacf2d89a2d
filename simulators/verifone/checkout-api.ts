/** `/oidc/checkout-service/v2/checkout`: opening a hosted page, reading how it ended, moving its expiry. */
import type { FastifyReply } from 'fastify';
import { currency, findCurrency } from '#kit/currency.ts';
import { money, parseMinor } from '#kit/money.ts';
import { type Answer, answerFlakily, deliverAnswer, type Exchange } from '../deliver-answer.ts';
import { statusFaults } from '../faults.ts';
import type { Surroundings } from '../simulator.ts';
import { checkoutDocument, errorAnswer, json } from './documents.ts';
import { connector, type Gateway } from './gateway.ts';
import { type ApiRequest, readInstant, readText } from './request.ts';
import type { Checkout } from './state.ts';

const usualLifeMs = 15 * 60_000;
const longestLifeMs = 30 * 86_400_000;

export interface CheckoutApi {
  /** `origin` is where the hosted pages are, as the caller addressed us. */
  create(request: ApiRequest, origin: string, reply: FastifyReply): Promise<void>;
  read(request: ApiRequest, id: string, reply: FastifyReply): Promise<void>;
  list(request: ApiRequest, search: string, reply: FastifyReply): Promise<void>;
  moveExpiry(request: ApiRequest, id: string, reply: FastifyReply): Promise<void>;
}

export function createCheckoutApi(gateway: Gateway, surroundings: Surroundings): CheckoutApi {
  const exchange = (
    reply: FastifyReply,
    request: string,
    act: Exchange['act'],
    otherAnswer: Exchange['otherAnswer'],
  ) => {
    const wrongShape = () => json(200, []);
    const skip = async () => undefined;
    return deliverAnswer({ connector, request, act, skip, wrongShape, otherAnswer }, reply, surroundings);
  };
  const other = () => json(200, someoneElses(gateway));
  return {
    create: (request, origin, reply) =>
      exchange(reply, 'page', () => create(request, origin, gateway), other),
    read: (request, id, reply) => exchange(reply, 'result', async () => read(request, id, gateway), other),
    moveExpiry: (request, id, reply) =>
      exchange(reply, 'close', () => moveExpiry(request, id, gateway), other),
    list: (request, search, reply) => list(request, search, reply, gateway, surroundings),
  };
}

async function create(request: ApiRequest, origin: string, gateway: Gateway): Promise<Answer> {
  const asked = readCheckout(request, gateway.now());
  if (typeof asked !== 'object') return errorAnswer(107, gateway.now(), asked);
  const checkout = await gateway.open(asked);
  return json(200, { id: checkout.id, url: `${origin}/hpp/${checkout.id}` });
}

/** The checkout asked for, or the parameter that is wrong. */
function readCheckout(
  { userId, body = {} }: ApiRequest,
  now: Date,
): Omit<Checkout, 'id' | 'createdAt'> | string {
  const entityId = readText(body.entity_id, 64);
  if (entityId === undefined) return 'entity_id';
  const code = findCurrency(String(body.currency_code));
  if (code === undefined) return 'currency_code';
  const minor = typeof body.amount === 'number' ? parseMinor(body.amount) : 'not a number';
  if (typeof minor === 'string') return 'amount';
  // What begins with one of these could be taken for a formula in a spreadsheet: Verifone refuses it.
  const merchantReference = readText(body.merchant_reference, 50) ?? '';
  if (/^[=+\-@]/.test(merchantReference)) return 'merchant_reference';
  const returnUrl = URL.parse(String(body.return_url));
  if (returnUrl === null || !/^https?:$/.test(returnUrl.protocol)) return 'return_url';
  if (!hasCard(body.configurations)) return 'configurations';
  const expiresAt = readExpiry(body.expiry_time, now);
  if (expiresAt === undefined) return 'expiry_time';
  return {
    userId,
    entityId,
    merchantReference,
    amount: money(minor, code),
    returnUrl: returnUrl.href,
    about: readAbout(body.line_items),
    expiresAt,
  };
}

function hasCard(configurations: unknown): boolean {
  const { card } = (configurations ?? {}) as { card?: { mode?: unknown; payment_contract_id?: unknown } };
  return readText(card?.payment_contract_id, 64) !== undefined && /^(3DS_)?PAYMENT$/.test(String(card?.mode));
}

function readExpiry(value: unknown, now: Date): string | undefined {
  if (value === undefined) return new Date(now.getTime() + usualLifeMs).toISOString();
  const at = readInstant(value);
  return at !== undefined && Date.parse(at) - now.getTime() <= longestLifeMs ? at : undefined;
}

function readAbout(lineItems: unknown): string {
  const [first] = Array.isArray(lineItems) ? (lineItems as { name?: unknown }[]) : [];
  return readText(first?.name, 200) ?? '';
}

function read(request: ApiRequest, id: string, gateway: Gateway): Answer {
  const checkout = gateway.state.checkout(request.userId, id);
  return checkout === undefined
    ? errorAnswer(109, gateway.now())
    : json(200, checkoutDocument(checkout, gateway.state));
}

async function moveExpiry(request: ApiRequest, id: string, gateway: Gateway): Promise<Answer> {
  const checkout = gateway.state.checkout(request.userId, id);
  if (checkout === undefined) return errorAnswer(109, gateway.now());
  const expiresAt = readInstant(request.body?.expiry_time);
  if (expiresAt === undefined) return errorAnswer(107, gateway.now(), 'expiry_time');
  await gateway.moveExpiry(checkout, expiresAt);
  return read(request, id, gateway);
}

/** Of RSQL only what is asked for here: one reference. */
const searchPattern = /^merchant_reference==([0-9A-Za-z]{1,50})$/;

async function list(
  request: ApiRequest,
  search: string,
  reply: FastifyReply,
  gateway: Gateway,
  surroundings: Surroundings,
): Promise<void> {
  const reference = searchPattern.exec(search)?.[1];
  if (reference === undefined) return send(reply, errorAnswer(107, gateway.now(), 'search'));
  const fault = surroundings.faults.take(connector, 'status', statusFaults);
  const lagMs = fault?.kind === 'status-lags' ? surroundings.delays.statusLagMs : 0;
  const seenUntil = new Date(gateway.now().getTime() - lagMs);
  const checkouts = gateway.state.checkoutsByReference(request.userId, reference);
  const answer = json(
    200,
    checkouts.map((one) => checkoutDocument(one, gateway.state, lagMs === 0 ? undefined : seenUntil)),
  );
  const paid = checkouts.find(({ id }) => gateway.state.success(id) !== undefined);
  await gateway.note({
    kind: 'status',
    reference,
    code: paid === undefined ? '' : '00',
    ...(paid === undefined ? {} : { amount: paid.amount }),
  });
  if (fault?.kind === 'status-flaky') return answerFlakily(fault, answer, reply, surroundings);
  return send(reply, answer);
}

function send(reply: FastifyReply, answer: Answer): void {
  reply.status(answer.status).type(answer.contentType).send(answer.body);
}

/** A paid checkout of somebody else: what a mixed-up connection would deliver. */
function someoneElses({ state, now }: Gateway) {
  const at = now().toISOString();
  const checkout: Checkout = {
    id: '00000000-0000-4000-8000-00000000c0de',
    userId: '',
    entityId: 'someone-else',
    merchantReference: 'SOMEONEELSES0001',
    amount: money(100n, currency('SEK')),
    returnUrl: 'https://example.com/',
    about: '',
    createdAt: at,
    expiresAt: at,
  };
  return { ...checkoutDocument(checkout, state), status: 'COMPLETED' };
}
