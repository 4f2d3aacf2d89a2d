import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { type RunningSimulators, startSimulators } from '#simulators/start.ts';
import { freePort } from '#test/support/free-port.ts';
import { makeProcessStore, type ProcessStore } from '#test/support/process-store.ts';
import { assertAuditGreen, assertBooksAgree, readBook, readOperations } from '#test/support/reconcile.ts';
import { type ServerProcess, startServerProcess } from '#test/support/server-process.ts';
import { openDemoShop, type Shop, type Wire } from '#test/support/shop.ts';
import { insist, type Load, payByCard, startLoad, type Witness } from './load.ts';
import { openPayments } from './open-payments.ts';

/** How many are at work at once. */
const staff = { sellers: 12, clerks: 6 };

/** The bar: everything in flight is settled within this time after the last crash. */
const quietWithinMs = 60_000;

/** A processor that answers slowly has the server die more often between asking it and hearing from it. */
const processorMs = 120;

/** So slowly that the server surely dies before it hears: longer than any machine takes to see the book and to kill. */
const processorWhenKilledMs = 8_000;

let store: ProcessStore;
let simulators: RunningSimulators;
let port: number;
let server: ServerProcess | undefined;
let shop: Shop;

before(async () => {
  store = await makeProcessStore();
  port = await freePort();
  simulators = await startSimulators({ port: 0, directory: store.directory });
  await letProcessorTake(processorMs);
  server = await start();
  shop = await openDemoShop(() => `http://localhost:${port}`);
});
after(async () => {
  await server?.kill();
  await simulators?.close();
  await store?.remove();
});

const start = (): Promise<ServerProcess> =>
  startServerProcess({
    port,
    directory: store.directory,
    databaseUrl: store.databaseUrl,
    simulatorUrl: simulators.url,
  });

/** From now on the processor acts at once, and answers so much later. */
async function letProcessorTake(delayMs: number): Promise<void> {
  await fetch(`${simulators.url}/faults`, { method: 'DELETE' });
  await fetch(`${simulators.url}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'act-then-delay', rate: 1, delayMs }),
  });
}

const pause = (byMs: number) => new Promise((resolve) => setTimeout(resolve, byMs));

/** Kills the server again and again under load, and leaves it running. */
async function killRepeatedly(kills: number): Promise<Load> {
  const load = await startLoad(shop, staff);
  for (let kill = 0; kill < kills; kill += 1) {
    // Not at the same point of whatever goes on in rhythm.
    await pause(500 + ((kill * 397) % 700));
    // Every other time where it hurts most: the processor has acted, and its answer is still on the way.
    if (kill % 2 === 0) {
      await letProcessorTake(processorWhenKilledMs);
      await untilProcessorActs(await refundsInBook());
    }
    await server?.kill();
    await letProcessorTake(processorMs);
    server = await start();
  }
  await load.finish();
  return load;
}

/** Waits for the next refund in the processor's book, which is answered long after; or gives up. */
async function untilProcessorActs(before: number): Promise<void> {
  const giveUp = AbortSignal.timeout(20_000);
  while (!giveUp.aborted && (await refundsInBook()) === before) await pause(10);
}

async function refundsInBook(): Promise<number> {
  return (await readBook(simulators.url)).filter(({ kind }) => kind === 'refund').length;
}

/** Waits until nothing is open. Answers how long that took. */
async function settle({ witness }: Load): Promise<number> {
  const begunMs = performance.now();
  for (let open = await openPayments(shop); ; open = await openPayments(shop)) {
    if (open.count() === 0 && witness.unfinished.size === 0) return performance.now() - begunMs;
    while (open.count() > 0 || witness.unfinished.size > 0) {
      const elapsedMs = performance.now() - begunMs;
      assert.ok(elapsedMs < quietWithinMs, `still open after ${elapsedMs} ms: ${open.describe()}`);
      for (const checkoutUrl of witness.unfinished) await finishByCard(witness, checkoutUrl);
      await pause(500);
      await open.recheck();
    }
  }
}

/** Payers whose attempt was broken off try again; those whose link turns out to be paid are told so. */
async function finishByCard(witness: Witness, checkoutUrl: string): Promise<void> {
  const { state } = (await (await fetch(`${checkoutUrl}/status`)).json()) as Wire;
  if (state === 'paid') witness.unfinished.delete(checkoutUrl);
  else await payByCard(shop, witness, checkoutUrl);
}

async function assertNothingLost(context: TestContext, kills: number): Promise<void> {
  const load = await killRepeatedly(kills);
  const { witness } = load;
  const quietMs = await settle(load);
  for (const { what, repeat } of witness.inFlight.splice(0)) await insist(witness, what, repeat);
  assert.deepEqual(witness.inFlight, [], 'nothing is in flight any more');
  for (const { repeat, id, what } of witness.acknowledged.slice(-50)) {
    assert.equal((await repeat()).body.id, id, `the ${what} repeated under its key is another one`);
  }
  await server?.stop();
  server = undefined;
  const database = await store.open();
  try {
    const book = await readBook(simulators.url);
    const operations = await readOperations(database);
    assertBooksAgree(book, operations);
    await assertAcknowledgedKept(witness, database);
    assert.deepEqual(witness.serverErrors, []);
    await assertAuditGreen(database);
    const answers = witness.acknowledged.length;
    context.diagnostic(
      `${kills} kills, ${witness.asked} requests, ${answers} acknowledged, ${witness.paidLinks.size} links seen paid, ` +
        `${book.length} rows in the book, quiet after ${(quietMs / 1_000).toFixed(1)} s`,
    );
  } finally {
    await database.close();
    server = await start();
  }
}

async function assertAcknowledgedKept(
  { acknowledged, paidLinks }: Witness,
  database: Awaited<ReturnType<ProcessStore['open']>>,
): Promise<void> {
  const rows = await database.query<{ id: string; status: string }>(
    `select id, status from orders union all select id, status from links union all select id, status from payments
     union all select id, status from operations`,
  );
  const statuses = new Map(rows.map(({ id, status }) => [id, status]));
  assert.deepEqual(
    acknowledged.filter(({ id }) => !statuses.has(id)).map(({ what, id }) => `${what} ${id}`),
    [],
    'acknowledged, and lost',
  );
  assert.deepEqual(
    acknowledged.filter(({ id, status }) => status === 'approved' && statuses.get(id) !== 'approved'),
    [],
    'told to be approved, and no longer so',
  );
  const links = await database.query<{ id: string; paymentId: string }>(
    `select id, payment_id as "paymentId" from links where status = 'completed'`,
  );
  const payments = new Map(links.map(({ id, paymentId }) => [id, paymentId]));
  assert.deepEqual(
    [...paidLinks].filter(([id, paymentId]) => payments.get(id) !== paymentId),
    [],
    'links that were seen paid, and no longer are',
  );
}

test('killed while the answer to a refund is on its way, the server asks about it and sends nothing twice', async () => {
  const { body: order } = await shop.createOrder();
  const { body: link } = await shop.createLink({ orderId: order.id, amount: 10_000 });
  await shop.visit(await shop.enterCard(await shop.pressPay(link.checkout_url, 'card')));
  const { paymentId } = (await shop.link(link.id)).body;
  await letProcessorTake(processorWhenKilledMs);
  const unanswered = shop.refund(paymentId, 2_500).catch(() => undefined);
  await untilProcessorActs(0);
  await server?.kill();
  await unanswered;
  await letProcessorTake(processorMs);
  server = await start();
  const begunMs = performance.now();
  for (let refunding = 2_500; refunding > 0; { refunding } = (await shop.payment(paymentId)).body) {
    assert.ok(performance.now() - begunMs < quietWithinMs, 'nobody has asked what became of the refund');
    await pause(200);
  }
  assert.equal((await shop.payment(paymentId)).body.refunded, 2_500);
  assert.equal(await refundsInBook(), 1);
});

test('killed five times under load, the server loses, doubles and forgets nothing', async (context) => {
  await assertNothingLost(context, 5);
});

test('killed twenty times more, on the same books, it still does not', async (context) => {
  await assertNothingLost(context, 20);
});
