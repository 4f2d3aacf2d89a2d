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
  /** Requests whose first try died waiting for the processor: in flight until the server has asked what became of it. */
  readonly inFlight: { readonly what: Acknowledged['what']; readonly repeat: () => Promise<Reply> }[];
  /** Card payments whose payer did not get to the end. */
  readonly unfinished: Set<string>;
}

export interface Load {
  readonly witness: Witness;
  /** Begins nothing new, and resolves when what was begun has been answered. */
  finish(): Promise<void>;
}

/** Of every sale, in minor units. */
const amount = 10_000;

/** How long to wait before asking a server again that did not answer. */
const againMs = 50;

/** Sellers with a payer each, and clerks who give money back bit by bit, so that a refund is always on its way. */
export async function startLoad(
  shop: Shop,
  { sellers, clerks }: { sellers: number; clerks: number },
): Promise<Load> {
  const witness: Witness = {
    asked: 0,
    acknowledged: [],
    paidLinks: new Map(),
    serverErrors: [],
    inFlight: [],
    unfinished: new Set(),
  };
  let ending = false;
  const until = async (work: (turn: number) => Promise<void>): Promise<void> => {
    for (let turn = 0; !ending; turn += 1) await work(turn);
  };
  const sold = await Promise.all(Array.from({ length: clerks }, () => sellDear(shop, witness)));
  const dear = sold.filter((paymentId) => paymentId !== undefined);
  const workers = [
    ...Array.from({ length: sellers }, (_, seller) => until((turn) => sell(shop, witness, seller + turn))),
    ...dear.map((paymentId) => until(() => giveBack(shop, witness, paymentId))),
  ];
  return {
    witness,
    finish: async () => {
      ending = true;
      await Promise.all(workers);
    },
  };
}

/** One sale: an order, then a dummy payment in it or a link that is paid one way or the other, then refunds. */
async function sell(shop: Shop, witness: Witness, turn: number): Promise<void> {
  const key = crypto.randomUUID();
  const order = await insist(witness, 'order', () => shop.createOrder(`order-${key}`));
  if (order === undefined) return;
  const paymentId = await (turn % 6 === 0
    ? charge(shop, witness, order.id, key)
    : payLink(shop, witness, { orderId: order.id, byCard: turn % 6 > 1, key, amount }));
  if (paymentId === undefined) return;
  const parts = ['a', 'b', 'c'].map((part) => `refund-${part}-${key}`);
  await Promise.all(
    parts.map((part) => insist(witness, 'refund', () => shop.refund(paymentId, amount / 4, part))),
  );
}

/** A sale by card that lasts for many refunds; answers its payment if it is seen paid. */
async function sellDear(shop: Shop, witness: Witness): Promise<string | undefined> {
  const key = crypto.randomUUID();
  const order = await insist(witness, 'order', () => shop.createOrder(`order-${key}`));
  if (order === undefined) return undefined;
  return payLink(shop, witness, { orderId: order.id, byCard: true, key, amount: 1_000 * amount });
}

async function giveBack(shop: Shop, witness: Witness, paymentId: string): Promise<void> {
  const key = crypto.randomUUID();
  await insist(witness, 'refund', () => shop.refund(paymentId, amount / 10, key));
}

/** Answers the payment if it is seen completed. */
async function charge(
  shop: Shop,
  witness: Witness,
  orderId: string,
  key: string,
): Promise<string | undefined> {
  const made = await insist(witness, 'payment', () => shop.initiatePayment(orderId, amount, `pay-${key}`));
  if (made === undefined) return undefined;
  const { body } = await untilAnswered(witness, () => shop.payment(made.id));
  return body.status === 'completed' ? made.id : undefined;
}

/** Answers the payment if the link is seen paid. */
async function payLink(
  shop: Shop,
  witness: Witness,
  sale: { orderId: string; amount: number; byCard: boolean; key: string },
): Promise<string | undefined> {
  const { orderId, byCard, key } = sale;
  const made = await insist(witness, 'link', () =>
    shop.createLink({ orderId, amount: sale.amount, key: `link-${key}` }),
  );
  if (made === undefined) return undefined;
  if (byCard) {
    witness.unfinished.add(made.checkout_url);
    await payByCard(shop, witness, made.checkout_url);
  } else {
    await insist(witness, 'payment', () => shop.payLink(made.id, 'dummy', `pay-${key}`));
  }
  const { body } = await untilAnswered(witness, () => shop.link(made.id));
  if (body.status !== 'completed') return undefined;
  witness.paidLinks.set(made.id, body.paymentId);
  return body.paymentId;
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
export async function insist(
  witness: Witness,
  what: Acknowledged['what'],
  repeat: () => Promise<Reply>,
): Promise<Reply['body'] | undefined> {
  const { status, body } = await untilAnswered(witness, repeat);
  if (status === 409 && JSON.stringify(body).includes('idempotency_in_flight')) {
    witness.inFlight.push({ what, repeat });
    return undefined;
  }
  if (status >= 400) {
    witness.serverErrors.push(`${what}: ${status} ${JSON.stringify(body)}`);
    return undefined;
  }
  witness.acknowledged.push({ what, id: body.id, status: body.status ?? '', repeat });
  return body;
}

async function untilAnswered(witness: Witness, ask: () => Promise<Reply>): Promise<Reply> {
  witness.asked += 1;
  const reply = await untilReached(ask);
  if (reply.status >= 500) witness.serverErrors.push(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply;
}

/** A connection that is refused or breaks says nothing about what was done: the same is asked again. */
async function untilReached<Result>(ask: () => Promise<Result>): Promise<Result> {
  const giveUp = AbortSignal.timeout(15 * 60_000);
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (giveUp.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}
