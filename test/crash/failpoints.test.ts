import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { startSimulators } from '#simulators/start.ts';
import { freePort } from '#test/support/free-port.ts';
import { makeProcessStore } from '#test/support/process-store.ts';
import { assertAuditGreen, assertBooksAgree, readBook, readOperations } from '#test/support/reconcile.ts';
import { type ServerProcess, startServerProcess } from '#test/support/server-process.ts';
import { openDemoShop, type Shop } from '#test/support/shop.ts';
import { type Failpoint, intentPoints, openPoints, outcomePoints, sendPoints } from './failpoints.ts';
import { openPayments } from './open-payments.ts';

const quietWithinMs = 60_000;
const cleanUps: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
});

const store = await makeProcessStore();
cleanUps.push(() => store.remove());
const simulators = await startSimulators({ port: 0, directory: store.directory });
cleanUps.push(() => simulators.close());
const port = await freePort();
const start = (mutant?: string, amount = 0): Promise<ServerProcess> =>
  startServerProcess({
    port,
    directory: store.directory,
    databaseUrl: store.databaseUrl,
    simulatorUrl: simulators.url,
    mutant,
    environment: { FAILPOINT_AMOUNT: `${amount}` },
  });

/** Something a client does that moves money, and does again when it hears nothing. */
interface Deed {
  readonly failpoint: Failpoint;
  /** Tells this deed's operation from all others. */
  readonly amount: number;
  run(shop: Shop): Promise<unknown>;
  /** What a client does once the server is back; the others wait for what becomes of theirs. */
  resume?(shop: Shop): Promise<void>;
  /** Asserted of the books at the end. */
  verify(shop: Shop): Promise<void>;
}

/** Every kind of money movement with every point it comes by, prepared on a server that lives. */
async function prepare(shop: Shop): Promise<Deed[]> {
  const { body: order } = await shop.createOrder();
  const points = {
    dummy: [...intentPoints.dummy, ...sendPoints, ...outcomePoints],
    refund: [...intentPoints.refund, ...sendPoints, ...outcomePoints],
    page: [...intentPoints.page, ...openPoints],
  };
  const deeds: Deed[] = [];
  for (const [index, failpoint] of points.dummy.entries())
    deeds.push(chargeByDummy(failpoint, 20_001 + index, order.id));
  for (const [index, failpoint] of points.refund.entries())
    deeds.push(giveBack(failpoint, 101 + index, await payLinkByCard(shop, order.id, 10_000)));
  for (const [index, failpoint] of points.page.entries())
    deeds.push(await payOnPage(shop, failpoint, 30_001 + index, order.id));
  for (const [index, failpoint] of outcomePoints.entries())
    deeds.push(await comeBack(shop, failpoint, 40_001 + index, order.id));
  return deeds;
}

function chargeByDummy(failpoint: Failpoint, amount: number, orderId: string): Deed {
  const key = crypto.randomUUID();
  const run = (shop: Shop) => shop.initiatePayment(orderId, amount, key);
  return {
    failpoint,
    amount,
    run,
    verify: async (shop) => {
      const { body } = await run(shop);
      assert.equal((await shop.payment(body.id)).body.status, 'completed');
    },
  };
}

function giveBack(failpoint: Failpoint, amount: number, paymentId: string): Deed {
  const key = crypto.randomUUID();
  const run = (shop: Shop) => shop.refund(paymentId, amount, key);
  return {
    failpoint,
    amount,
    run,
    verify: async (shop) => {
      await run(shop);
      const { body } = await shop.payment(paymentId);
      assert.deepEqual([body.refunded, body.refunding], [amount, 0]);
    },
  };
}

async function payOnPage(shop: Shop, failpoint: Failpoint, amount: number, orderId: string): Promise<Deed> {
  const { body: link } = await shop.createLink({ orderId, amount });
  return {
    failpoint,
    amount,
    run: (one) => one.pressPay(link.checkout_url, 'card'),
    resume: (one) => finish(one, link.checkout_url),
    verify: async (one) => {
      await finish(one, link.checkout_url);
      assert.equal((await one.link(link.id)).body.status, 'completed');
    },
  };
}

/** The payer has paid and comes back, and so does the notification: whichever is first meets the failpoint. */
async function comeBack(shop: Shop, failpoint: Failpoint, amount: number, orderId: string): Promise<Deed> {
  const { body: link } = await shop.createLink({ orderId, amount });
  const page = await shop.pressPay(link.checkout_url, 'card');
  return {
    failpoint,
    amount,
    run: async (one) => one.visit(await one.enterCard(page)),
    verify: async (one) => {
      assert.equal((await one.link(link.id)).body.status, 'completed');
    },
  };
}

async function payLinkByCard(shop: Shop, orderId: string, amount: number): Promise<string> {
  const { body: link } = await shop.createLink({ orderId, amount });
  await finish(shop, link.checkout_url);
  return (await shop.link(link.id)).body.paymentId;
}

async function finish(shop: Shop, checkoutUrl: string): Promise<void> {
  const page = await shop.pressPay(checkoutUrl, 'card');
  if (page.includes('/pxmi3/')) await shop.visit(await shop.enterCard(page));
}

/** Does the deed on a server that dies of it. */
async function dieOf({ failpoint, amount, run }: Deed, shop: Shop): Promise<void> {
  const server = await start(failpoint.name, amount);
  const exited = once(server.child, 'exit');
  const outcome = await Promise.race([
    run(shop).then(
      () => exited,
      () => exited,
    ),
    new Promise((resolve) => setTimeout(resolve, 10_000)).then(() => undefined),
  ]);
  await server.kill();
  assert.ok(outcome !== undefined, `nobody came by ${failpoint.name}`);
}

test('a server that dies between any two steps of moving money leaves books that can be finished', async (context) => {
  let server = await start();
  cleanUps.push(() => server.kill());
  const shop = await openDemoShop(() => `http://localhost:${port}`);
  const deeds = await prepare(shop);
  await server.kill();
  for (const deed of deeds) await dieOf(deed, shop);
  server = await start();
  const begunMs = performance.now();
  for (const deed of deeds) await deed.resume?.(shop);
  for (const open = await openPayments(shop); open.count() > 0; await open.recheck()) {
    assert.ok(performance.now() - begunMs < quietWithinMs, `still open: ${open.describe()}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const quietMs = performance.now() - begunMs;
  for (const deed of deeds) await deed.verify(shop);
  await server.stop();
  const database = await store.open();
  cleanUps.push(() => database.close());
  assertBooksAgree(await readBook(simulators.url), await readOperations(database));
  await assertAuditGreen(database);
  context.diagnostic(`${deeds.length} deaths, quiet after ${(quietMs / 1_000).toFixed(1)} s`);
});
