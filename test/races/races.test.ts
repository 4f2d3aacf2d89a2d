import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertAuditGreen, assertBooksAgree, readBook, readOperations } from '#test/support/reconcile.ts';
import type { Reply, Shop } from '#test/support/shop.ts';
import { findPostgres, race, runTrials, startTwoServers, type TwoServers } from './two-servers.ts';

const postgres = await findPostgres();
const amount = 10_000;

if (postgres === undefined) {
  it('races need PostgreSQL 15 or newer: install it, or set TEST_DATABASE_URL, and they are run', () => {
    console.error(
      'NO RACES WERE RUN: there is no PostgreSQL on this machine. One connection hides every race.',
    );
  });
} else {
  const servers = await startTwoServers(postgres.url);
  after(async () => {
    await servers.stop();
    await postgres.stop();
  });
  describe('between two servers on one database', () => defineRaces(servers));
}

function defineRaces({ shops, urls, simulatorUrl, database }: TwoServers): void {
  const [shop] = shops;

  /** One did the work and the others were told the same, or that the first is still at it. */
  const assertOneEffect = (replies: readonly Reply[]): void => {
    const told = replies.filter(({ status }) => status !== 409);
    assert.deepEqual(
      told.filter(({ status }) => status >= 300),
      [],
    );
    assert.equal(new Set(told.map(({ body }) => body.id)).size, 1, 'one effect');
    assert.equal(told.filter(({ replayed }) => !replayed).length, 1, 'one winner');
  };
  const countOf = async (sql: string, id: string): Promise<number> => {
    const [row] = await database.query<{ count: bigint }>(`select count(*) as count from ${sql}`, [id]);
    return Number(row?.count);
  };
  const openOrder = async (): Promise<string> => (await shop.createOrder()).body.id;
  const openLink = async (orderId: string): Promise<{ id: string; checkout_url: string }> =>
    (await shop.createLink({ orderId, amount })).body;
  const payDummy = async (): Promise<string> =>
    (await shop.initiatePayment(await openOrder(), amount)).body.id;

  it('one idempotency key opens one order', async () => {
    await runTrials(async (width, key) => {
      assertOneEffect(await race(shops, width, (one) => one.createOrder(key)));
    });
  });

  it('one idempotency key makes one link', async () => {
    const orderId = await openOrder();
    await runTrials(async (width, key) => {
      assertOneEffect(await race(shops, width, (one) => one.createLink({ orderId, amount, key })));
    });
  });

  it('one idempotency key makes one payment', async () => {
    await runTrials(async (width, key) => {
      const orderId = await openOrder();
      assertOneEffect(await race(shops, width, (one) => one.initiatePayment(orderId, amount, key)));
      assert.equal(await countOf('payments where order_id = $1', orderId), 1);
    });
  });

  it('one idempotency key makes one refund', async () => {
    await runTrials(async (width, key) => {
      const paymentId = await payDummy();
      assertOneEffect(await race(shops, width, (one) => one.refund(paymentId, 100, key)));
      assert.equal(await countOf("operations where payment_id = $1 and kind = 'refund'", paymentId), 1);
    });
  });

  it('pressing Pay twice on one page makes one payment', async () => {
    const orderId = await openOrder();
    await runTrials(async (width, attempt) => {
      const link = await openLink(orderId);
      await race(shops, width, (one) => one.pressPay(onItsServer(link.checkout_url, one), 'dummy', attempt));
      assert.equal(await countOf('payments where link_id = $1', link.id), 1);
    });
  });

  it('a link that is paid in several tabs is charged once', async () => {
    const orderId = await openOrder();
    await runTrials(async (width) => {
      const link = await openLink(orderId);
      const targets = await race(shops, width, (one) =>
        one.pressPay(onItsServer(link.checkout_url, one), 'card'),
      );
      const pages = targets.filter((target) => target.includes('/pxmi3/'));
      await race(shops, Math.min(pages.length, 4), async (one, index) =>
        one.visit(await one.enterCard(pages[index] ?? '')),
      );
      assert.equal(await countOf('payments where link_id = $1', link.id), 1);
      assert.equal((await shop.link(link.id)).body.status, 'completed');
    });
  });

  it('partial refunds never come to more than was paid', async () => {
    await runTrials(async (width) => {
      const paymentId = await payDummy();
      const parts = width === 64 ? 10 : width / 2;
      const replies = await race(shops, width, (one) => one.refund(paymentId, amount / parts));
      assert.equal(replies.filter(({ status }) => status === 201).length, parts, 'winners');
      const { body } = await shop.payment(paymentId);
      assert.deepEqual([body.refunded, body.refunding], [amount, 0]);
    });
  });

  it("the payer's return and the notifications book one charge and move the payment once", async () => {
    const orderId = await openOrder();
    await runTrials(async (width) => {
      const link = await openLink(orderId);
      const back = await shop.enterCard(await shop.pressPay(link.checkout_url, 'card'));
      await race(shops, width, (one, index) =>
        one.visit(onItsServer(back, one), index % 4 < 2 ? 'PXL1' : 'Mozilla/5.0'),
      );
      const { body } = await shop.link(link.id);
      assert.equal(body.status, 'completed');
      assert.equal(await countOf('ledger_transactions where payment_id = $1', body.paymentId), 1);
      assert.equal(
        await countOf(
          "payment_transitions where to_status = 'completed' and payment_id = $1",
          body.paymentId,
        ),
        1,
      );
    });
  });

  it('a link is either cancelled or paid', async () => {
    const orderId = await openOrder();
    await runTrials(async (width) => {
      const link = await openLink(orderId);
      const replies = await race(shops, width, (one, index) =>
        index % 4 < 2 === width > 2 || index === 1 ? one.cancelLink(link.id) : one.payLink(link.id, 'dummy'),
      );
      const cancelled = replies.filter(({ status }) => status === 204).length;
      const paid = new Set(replies.filter(({ status }) => status === 200).map(({ body }) => body.id)).size;
      assert.equal(cancelled + paid, 1, `${cancelled} cancelled it, ${paid} paid it`);
      assert.equal(await countOf('payments where link_id = $1', link.id), paid);
    });
  });

  it('an order that is closed takes no payment but those it was told of before', async () => {
    await runTrials(async (width) => {
      const orderId = await openOrder();
      const replies = await race(shops, width, (one, index) =>
        index % 4 < 2 === width > 2 || index === 1
          ? one.closeOrder(orderId)
          : one.initiatePayment(orderId, amount),
      );
      const paid = replies.filter(({ status }) => status === 200).length;
      assert.equal(await countOf('payments where order_id = $1', orderId), paid);
      assert.equal(await countOf("events where type = 'order.closed' and subject_id = $1", orderId), 1);
      assert.ok((await shop.initiatePayment(orderId, amount)).status >= 400);
    });
  });

  it('an order is split of what its refunds leave, whichever of them come first', async () => {
    await runTrials(
      async (width) => {
        const orderId = await openOrder();
        const { id: paymentId } = (await shop.initiatePayment(orderId, amount)).body;
        await shop.closeOrder(orderId);
        const isSplit = (index: number) => index % 4 < 2 === width > 2 || index === 1;
        const replies = await race(shops, width, (one, index) =>
          isSplit(index) ? one.splitOrder(orderId) : one.refund(paymentId, 100),
        );
        assert.ok(replies.filter(({ status }) => status === 204).length <= 1, 'it is split once');
        const refunded = 100 * replies.filter(({ status }) => status === 201).length;
        if (replies.every(({ status }) => status !== 204))
          assert.equal(
            (await shop.splitOrder(orderId)).status,
            204,
            'what is refunded holds it up no longer',
          );
        assert.equal((await shop.refund(paymentId, 100)).status, 409, 'what is divided is not given back');
        const [row] = await database.query<{ allocated: bigint; refunded: bigint; refunding: bigint }>(
          `select (select sum(amount) from allocations where payment_id = p.id)::bigint as allocated, p.refunded, p.refunding
           from payments p where p.id = $1`,
          [paymentId],
        );
        assert.deepEqual(row, {
          allocated: BigInt(amount - refunded),
          refunded: BigInt(refunded),
          refunding: 0n,
        });
      },
      { usually: 10 },
    );
  });

  it('leave books that agree with the processor and with themselves', async () => {
    assertBooksAgree(await readBook(simulatorUrl), await readOperations(database));
    await assertAuditGreen(database);
  });

  /** The same address on the server that this shop talks to. */
  function onItsServer(address: string, one: Shop): string {
    const url = new URL(address);
    url.port = new URL(one === shops[0] ? urls[0] : urls[1]).port;
    return url.href;
  }
}
