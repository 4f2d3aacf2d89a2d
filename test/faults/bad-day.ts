/** A bad day at the processor: payers and a tenant go on as people do, while it fails them in every way it knows. */
import { manualClock } from '#kit/clock.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openShop, type Shop } from '#test/support/shop.ts';
import { payCardsAtVerifone } from '#test/support/verifone.ts';

/** The fourteen ways a processor fails, by the sort of request that can meet them. */
const faultsBySort = {
  exchange: [
    'refuse',
    'hang',
    'act-then-reset',
    'act-then-delay',
    'act-then-500',
    'error-500',
    'act-then-garble',
    'wrong-shape',
    'other-answer',
  ],
  notification: ['duplicate-callbacks', 'callback-first', 'shuffle-callbacks'],
  status: ['status-lags', 'status-flaky'],
} as const;

/** How long the product waits for the processor: short, so that silence costs little. */
const patienceMs = 1_000;

/** Payers and refunds under way at once. */
const width = 32;

/** Longer than the processor's settling time, and than every early step of the inquiry schedule. */
const turnMs = 35_000;

/** The processors that take cards on a page of theirs, and what in an address tells it from ours. */
const pagePaths = { windcave: '/pxmi3/', verifone: '/hpp/' } as const;

/** Where the day is spent: a processor with a page, or Swish, which asks the payer's phone. */
export type BadProcessor = keyof typeof pagePaths | 'swish';

export interface BadDay {
  readonly processor: BadProcessor;
  /** Links that were to be paid, each with what was asked back of it. */
  readonly bills: readonly Bill[];
  /** Operations that were still open when the faults ended. */
  readonly openAtEnd: number;
  /** How long these took afterwards, in the product's own time. */
  readonly quietAfterMs: number;
}

export interface Bill {
  readonly linkId: string;
  readonly checkoutUrl: string;
  readonly amount: number;
  /** Minor units, one for each refund that was asked for. */
  readonly refunds: number[];
  /** Anything that was refused with a server's error, which nothing here may be. */
  readonly serverErrors: string[];
}

/** The product before anything has gone wrong: whoever asked for it stops it, however the day goes. */
export interface Morning {
  readonly app: TestApp;
  readonly clock: ReturnType<typeof manualClock>;
}

export async function startMorning(): Promise<Morning> {
  const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
  return { app: await startTestApp({ clock, connectorTimeoutMs: patienceMs }), clock };
}

/**
 * Has `count` links paid and some of them refunded while `share` of all requests of every sort meet a fault, then lets
 * the day end well.
 */
export async function spendBadDay(
  { app, clock }: Morning,
  count: number,
  share: number,
  processor: BadProcessor = 'windcave',
): Promise<BadDay> {
  const shop = openShop({
    url: () => app.url,
    pingHeaders: app.ping(),
    nativeHeaders: app.native(),
    merchantId: app.tenants[0]?.merchantId ?? '',
  });
  if (processor === 'verifone') await payCardsAtVerifone(app);
  const turn = async (): Promise<void> => {
    clock.advance(turnMs);
    for (const { tenant } of app.tenants) await app.app.core.work.drain(tenant.id);
  };
  const bills = await makeBills(shop, count);
  await setFaults(app, share);
  const method = processor === 'swish' ? 'swish' : 'card';
  await payAll(shop, bills, method, turn);
  await refundSome(shop, bills);
  await turn();
  await turn();
  await fetch(`${app.simulatorUrl}/faults`, { method: 'DELETE' });
  const openAtEnd = await countOpen(app);
  // Whoever has given up by then comes back when the processor is well again.
  await payAll(shop, bills, method, turn);
  let quietAfterMs = 0;
  while (quietAfterMs < 20 * turnMs && (await countOpen(app)) > 0) {
    await turn();
    quietAfterMs += turnMs;
  }
  return { processor, bills, openAtEnd, quietAfterMs };
}

async function makeBills(shop: Shop, count: number): Promise<Bill[]> {
  const { body: order } = await shop.createOrder();
  return inParallel(Array.from({ length: count }), async (_, index) => {
    const amount = 10_000 + index * 10;
    const { status, body: link } = await shop.createLink({ orderId: order.id, amount });
    if (status !== 200) throw new Error(`no link: ${status} ${JSON.stringify(link)}`);
    return { linkId: link.id, checkoutUrl: link.checkout_url, amount, refunds: [], serverErrors: [] };
  });
}

/** Faults are asked in turn, so each takes its part of what the ones before it have left. */
async function setFaults(app: TestApp, share: number): Promise<void> {
  for (const kinds of Object.values(faultsBySort)) {
    const rate = 1 - (1 - share) ** (1 / kinds.length);
    for (const [index, kind] of kinds.entries()) {
      await fetch(`${app.simulatorUrl}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind, rate, seed: index + 1 }),
      });
    }
  }
}

/** How often a payer whose payment failed tries again. */
const maxRounds = 8;

async function payAll(
  shop: Shop,
  bills: readonly Bill[],
  method: 'card' | 'swish',
  turn: () => Promise<void>,
): Promise<void> {
  let unpaid = await stillUnpaid(shop, bills);
  for (let round = 0; round < maxRounds && unpaid.length > 0; round += 1) {
    await inParallel(unpaid, (bill) => tryToPay(shop, bill, method));
    await turn();
    unpaid = await stillUnpaid(shop, unpaid);
  }
}

async function stillUnpaid(shop: Shop, bills: readonly Bill[]): Promise<Bill[]> {
  const statuses = await inParallel(bills, async ({ linkId }) => (await shop.link(linkId)).body.status);
  return bills.filter((_, index) => statuses[index] !== 'completed');
}

/** Presses the button, enters the card where there is a page to do so, and goes where the browser is sent. */
async function tryToPay(shop: Shop, bill: Bill, method: 'card' | 'swish'): Promise<void> {
  try {
    const target = await shop.pressPay(bill.checkoutUrl, method);
    if (!Object.values(pagePaths).some((path) => target.includes(path))) return;
    const status = await shop.visit(await shop.enterCard(target));
    if (status >= 500) bill.serverErrors.push(`return: ${status}`);
  } catch (error) {
    bill.serverErrors.push(String(error));
  }
}

/** Of every six bills one is given back whole, one by halves, one a little, and three are kept. */
async function refundSome(shop: Shop, bills: readonly Bill[]): Promise<void> {
  await inParallel(bills, async (bill, index) => {
    const { body: link } = await shop.link(bill.linkId);
    if (link.paymentId === null) return;
    const parts = [[bill.amount], [bill.amount / 2, bill.amount / 2], [100]][index % 6] ?? [];
    await Promise.all(
      parts.map(async (amount, part) => {
        const { status } = await shop.refund(link.paymentId, amount, `${bill.linkId}-${part}`);
        if (status === 201) bill.refunds.push(amount);
        else bill.serverErrors.push(`refund: ${status}`);
      }),
    );
  });
}

async function countOpen(app: TestApp): Promise<number> {
  const [row] = await app.app.core.database.query<{ open: bigint }>(
    "select count(*) as open from operations where status in ('intended', 'unknown', 'awaiting-payer')",
  );
  return Number(row?.open ?? 0n);
}

/** `Promise.all` with at most `width` under way. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
