/**
 * Tenants and payers who keep at it while the server dies under them, and the witness of what they were told. Every
 * request carries a key, and one that got no answer is sent again under the same key.
 */
import type { Reply, Shop } from '#test/support/shop.ts';

export interface Acknowledged {
  readonly what: 'order' | 'link' | 'payment' | 'refund';
  readonly id: string;
  /** The status the answer told of, where it told of one. */
  readonly status: string;
  /** Asks the same again, under the same key. */
  readonly repeat: () => Promise<Reply>;
}

export interface Witness {
  /** Intents, written before sending. */
  asked: number;
  /** Answers, in the order in which they came. */
  readonly acknowledged: Acknowledged[];
  /** Links seen completed, and by which payment. */
  readonly paidLinks: Map<string, string>;
  /** Answers that blame the server: there are none to be. */
  readonly serverErrors: string[];
  /** Card payments whose payer did not get to the end. */
  readonly unfinished: Set<string>;
}

export interface Load {
  readonly witness: Witness;
  /** Begins nothing new, and resolves when what was begun has been answered. */
  finish(): Promise<void>;
}

/** How long to wait before asking a server again that did not answer. */
const againMs = 50;

/** Starts `width` tenants with a payer each. */
export function startLoad(shop: Shop, width: number): Load {
  const witness: Witness = {
    asked: 0,
    acknowledged: [],
    paidLinks: new Map(),
    serverErrors: [],
    unfinished: new Set(),
  };
  let ending = false;
  const work = async (worker: number): Promise<void> => {
    for (let turn = 0; !ending; turn += 1) await sell(shop, witness, worker + turn);
  };
  const workers = Array.from({ length: width }, (_, worker) => work(worker));
  return {
    witness,
    finish: async () => {
      ending = true;
      await Promise.all(workers);
    },
  };
}

/** One sale: an order, then a dummy payment in it or a link that is paid one way or the other, then a refund. */
async function sell(shop: Shop, witness: Witness, turn: number): Promise<void> {
  const key = crypto.randomUUID();
  const amount = 10_000;
  const order = await insist(witness, 'order', () => shop.createOrder(`order-${key}`));
  if (turn % 4 === 0) {
    const paid = await insist(witness, 'payment', () => shop.initiatePayment(order.id, amount, `pay-${key}`));
    const { body } = await untilAnswered(witness, () => shop.payment(paid.id));
    if (body.status === 'completed') await refund(shop, witness, paid.id, key);
    return;
  }
  const link = await insist(witness, 'link', () =>
    shop.createLink({ orderId: order.id, amount, key: `link-${key}` }),
  );
  if (turn % 4 === 1) {
    await insist(witness, 'payment', () => shop.payLink(link.id, 'dummy', `pay-${key}`));
  } else {
    witness.unfinished.add(link.checkout_url);
    await payByCard(shop, witness, link.checkout_url);
  }
  const { body } = await untilAnswered(witness, () => shop.link(link.id));
  if (body.status !== 'completed') return;
  witness.paidLinks.set(link.id, body.paymentId);
  await refund(shop, witness, body.paymentId, key);
}

async function refund(shop: Shop, witness: Witness, paymentId: string, key: string): Promise<void> {
  for (const part of [1, 2])
    await insist(witness, 'refund', () => shop.refund(paymentId, 2_500, `refund-${part}-${key}`));
}

/** The payer presses the button until there is an answer; what follows happens once, as it does to people. */
export async function payByCard(shop: Shop, witness: Witness, checkoutUrl: string): Promise<void> {
  const attempt = crypto.randomUUID();
  const target = await untilReached(() => shop.pressPay(checkoutUrl, 'card', attempt));
  if (target.includes('/pxmi3/')) {
    const back = await shop.enterCard(target);
    await shop.visit(back).catch(() => 0);
  }
  witness.unfinished.delete(checkoutUrl);
  if (!target.includes('/pxmi3/')) witness.unfinished.add(checkoutUrl);
}

/** Asks until it is answered, and keeps the answer. Anything but success is a fault of the server's here. */
async function insist(
  witness: Witness,
  what: Acknowledged['what'],
  repeat: () => Promise<Reply>,
): Promise<Reply['body']> {
  const { status, body } = await untilAnswered(witness, repeat);
  if (status >= 400) {
    witness.serverErrors.push(`${what}: ${status} ${JSON.stringify(body)}`);
    return { id: '00000000-0000-0000-0000-000000000000' };
  }
  witness.acknowledged.push({ what, id: body.id, status: body.status ?? '', repeat });
  return body;
}

async function untilAnswered(witness: Witness, ask: () => Promise<Reply>): Promise<Reply> {
  witness.asked += 1;
  const reply = await untilSettled(ask);
  if (reply.status >= 500) witness.serverErrors.push(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply;
}

/** A first request that died waiting for its processor is in flight until the server has asked what became of it. */
async function untilSettled(ask: () => Promise<Reply>): Promise<Reply> {
  const giveUp = AbortSignal.timeout(60_000);
  for (;;) {
    const reply = await untilReached(ask);
    const inFlight = reply.status === 409 && JSON.stringify(reply.body).includes('idempotency_in_flight');
    if (!inFlight || giveUp.aborted) return reply;
    await new Promise((resolve) => setTimeout(resolve, againMs * 4));
  }
}

/** A connection that is refused or breaks says nothing about what was done: the same is asked again. */
async function untilReached<Result>(ask: () => Promise<Result>): Promise<Result> {
  const giveUp = AbortSignal.timeout(60_000);
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (giveUp.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}
