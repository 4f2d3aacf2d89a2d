/** How an order's money is divided and handed on (facts A6), by the front door and by the books. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { assertPingError, type Orders, pingOrders } from '#test/support/ping-orders.ts';

let app: TestApp;
let orders: Orders;
before(async () => {
  app = await startTestApp();
  orders = pingOrders(app);
});
after(() => app.stop());

async function refundNatively(paymentId: string, amount: number): Promise<void> {
  const url = `${app.url}/v1/payments/${paymentId}/refunds`;
  assert.equal((await sendJson(url, 'POST', app.native(), { amount })).status, 201);
}

async function balances(): Promise<Record<string, number>> {
  const { body } = await sendJson(`${app.url}/v1/balances`, 'GET', app.native());
  return Object.fromEntries(body.data.map((one: Json) => [one.account, one.balance]));
}

async function assertBooksBalance(): Promise<void> {
  const { body } = await sendJson(`${app.url}/v1/audit`, 'GET', app.native());
  assert.deepEqual(
    body.checks.filter((check: Json) => !check.ok),
    [],
  );
}

describe('splitting an order', () => {
  it('gives each item to its merchant, and what has none to the tenant', async () => {
    const other = await orders.addMerchant('Branch');
    const orderId = await orders.open();
    const paymentId = await orders.pay(orderId, [
      { amount: 10_000, merchant_id: orders.mine(), metadata: { booking: '17' } },
      { amount: 2_500, merchant_id: other },
      { amount: 1_500, liquidity_account_id: 'L-1' },
    ]);
    assert.equal((await orders.put(orderId, 'close')).status, 204);
    assert.equal((await orders.put(orderId, 'split')).status, 204);
    const { status, body } = await orders.allocations(orderId);
    assert.equal(status, 200);
    assert.deepEqual(
      body.map((one: Json) => [one.recipient_type, one.merchant_id, one.amount, one.recipient_name]),
      [
        ['merchant', orders.mine(), 10_000, 'Demo One Djurklinik'],
        ['merchant', other, 2_500, 'Branch'],
        ['tenant', null, 1_500, 'Demo One'],
      ],
    );
    const [first] = body;
    assert.deepEqual(
      [first.payment_id, first.payment_order_id, first.currency, first.metadata, first.settled_at],
      [paymentId, orderId, 'SEK', { booking: '17' }, null],
    );
    await assertBooksBalance();
  });

  it('gives shares to others, each rounded down, and the rest of an item to its own', async () => {
    const shares = [
      { recipient_type: 'tenant', label: 'commission', percent: 2.5 },
      { recipient_type: 'payment_facilitator', percent: 1.01 },
    ];
    const orderId = await orders.open({ split_parameters: { shares, tree: 'anything' } });
    await orders.pay(orderId, [{ amount: 9_999, merchant_id: orders.mine() }]);
    assert.equal((await orders.put(orderId, 'split', { fast_forward: true })).status, 204);
    const { body } = await orders.allocations(orderId);
    assert.deepEqual(
      body.map((one: Json) => [one.recipient_type, one.label, one.order_item_merchant_id, one.amount]),
      [
        ['merchant', null, orders.mine(), 9_650],
        ['tenant', 'commission', orders.mine(), 249],
        ['payment_facilitator', null, orders.mine(), 100],
      ],
    );
    await assertBooksBalance();
  });

  it('divides what is left after refunds, to the last öre', async () => {
    const other = await orders.addMerchant('Ward');
    const orderId = await orders.open();
    const paymentId = await orders.pay(orderId, [
      { amount: 3_333, merchant_id: orders.mine() },
      { amount: 3_333, merchant_id: other },
      { amount: 3_334, merchant_id: orders.mine() },
    ]);
    await refundNatively(paymentId, 1);
    await orders.put(orderId, 'split', { fast_forward: true });
    const amounts = (await orders.allocations(orderId)).body.map((one: Json) => one.amount);
    assert.deepEqual(amounts, [3_332, 3_333, 3_334]);
    await assertBooksBalance();
  });

  it('takes what did not come to nothing: failed payments and whole refunds have no allocations', async () => {
    const orderId = await orders.open();
    await orders.pay(orderId, [{ amount: 500, merchant_id: orders.mine() }], 'DECLINED');
    await refundNatively(await orders.pay(orderId, [{ amount: 700, merchant_id: orders.mine() }]), 700);
    assert.equal((await orders.put(orderId, 'split', { fast_forward: true })).status, 204);
    assert.deepEqual((await orders.allocations(orderId)).body, []);
    assert.equal((await orders.put(orderId, 'settle')).status, 204);
    await assertBooksBalance();
  });

  it('waits for every payment to be over', async () => {
    const orderId = await orders.open();
    const paymentId = await orders.pay(orderId, [{ amount: 500, merchant_id: orders.mine() }], 'PENDING');
    await orders.put(orderId, 'close');
    assertPingError(await orders.put(orderId, 'split'), 403, 'operation_forbidden');
    assertPingError(await orders.put(orderId, 'settle', { fast_forward: true }), 403, 'operation_forbidden');
    assert.equal((await orders.ping.call('GET', `/payment_orders/${orderId}`)).body.status, 'CLOSED');
    const stop = `/payment_orders/${orderId}/payments/${paymentId}/stop`;
    assert.equal((await orders.ping.call('PUT', stop)).status, 204);
    assert.equal((await orders.put(orderId, 'split')).status, 204);
  });

  it('is done once: what was split is not split again, nor changed', async () => {
    const orderId = await orders.open();
    const paymentId = await orders.pay(orderId, [{ amount: 500, merchant_id: orders.mine() }]);
    await orders.put(orderId, 'split', { fast_forward: true });
    assertPingError(await orders.put(orderId, 'split'), 403, 'operation_forbidden');
    assertPingError(await orders.put(orderId, 'split', { fast_forward: true }), 403, 'operation_forbidden');
    const change = { split_parameters: {}, split_tree_id: 'late' };
    assertPingError(
      await orders.ping.call('PUT', `/payment_orders/${orderId}`, change),
      403,
      'operation_forbidden',
    );
    const items = [{ amount: 500, name: 'Other', vat_rate: 0, merchant_id: orders.mine() }];
    const path = `/payment_orders/${orderId}/payments/${paymentId}`;
    assertPingError(await orders.ping.call('PUT', path, { order_items: items }), 403, 'operation_forbidden');
    assert.equal((await orders.allocations(orderId)).body.length, 1);
  });

  it('follows what was changed before it: shares and items', async () => {
    const other = await orders.addMerchant('Pharmacy');
    const orderId = await orders.open();
    const paymentId = await orders.pay(orderId, [{ amount: 1_000, merchant_id: orders.mine() }]);
    const division = {
      split_tree_id: 'tree-2',
      split_parameters: { shares: [{ recipient_type: 'merchant', merchant_id: orders.mine(), percent: 10 }] },
    };
    assert.equal((await orders.ping.call('PUT', `/payment_orders/${orderId}`, division)).status, 204);
    const items = [{ amount: 1_000, name: 'Medicine', vat_rate: 25, merchant_id: other }];
    const path = `/payment_orders/${orderId}/payments/${paymentId}`;
    assert.equal((await orders.ping.call('PUT', path, { order_items: items })).status, 204);
    assert.deepEqual((await orders.ping.call('GET', path)).body.order_items, items);
    const { split_tree_id, split_parameters } = (await orders.ping.call('GET', `/payment_orders/${orderId}`))
      .body;
    assert.deepEqual({ split_tree_id, split_parameters }, division);
    await orders.put(orderId, 'split', { fast_forward: true });
    assert.deepEqual(
      (await orders.allocations(orderId)).body.map((one: Json) => [one.merchant_id, one.amount]),
      [
        [other, 900],
        [orders.mine(), 100],
      ],
    );
  });

  const refused: readonly [title: string, shares: Json, status: number, property: string | null][] = [
    [
      'more than the whole',
      [
        { recipient_type: 'tenant', percent: 60 },
        { recipient_type: 'tenant', percent: 41 },
      ],
      422,
      'split_parameters.shares',
    ],
    ['nothing', [{ recipient_type: 'tenant', percent: 0 }], 422, 'split_parameters.shares.0.percent'],
    ['thousandths', [{ recipient_type: 'tenant', percent: 0.125 }], 422, 'split_parameters.shares.0.percent'],
    [
      'nobody known',
      [{ recipient_type: 'friend', percent: 1 }],
      422,
      'split_parameters.shares.0.recipient_type',
    ],
    [
      'a merchant without a name',
      [{ recipient_type: 'merchant', percent: 1 }],
      422,
      'split_parameters.shares.0.merchant_id',
    ],
    [
      'a merchant of nobody',
      [{ recipient_type: 'merchant', merchant_id: randomUUID(), percent: 1 }],
      403,
      null,
    ],
  ];
  for (const [title, shares, status, property] of refused)
    it(`into shares of ${title} is refused when it is said, not when it is done`, async () => {
      const answer = await orders.ping.call('POST', '/payment_orders', {
        currency: 'SEK',
        split_parameters: { shares },
      });
      assert.deepEqual([answer.status, answer.body.errors[0].property], [status, property], answer.text);
      const orderId = await orders.open();
      const change = await orders.ping.call('PUT', `/payment_orders/${orderId}`, {
        split_parameters: { shares },
      });
      assert.equal(change.status, status, change.text);
    });
});

describe('settling an order', () => {
  it('hands each recipient’s part on, and the books with it', async () => {
    const before = await balances();
    const orderId = await orders.open();
    await orders.pay(orderId, [
      { amount: 4_000, merchant_id: orders.mine() },
      { amount: 2_000, merchant_id: orders.mine() },
      { amount: 1_000, liquidity_account_id: 'L-1' },
    ]);
    await orders.put(orderId, 'close');
    assertPingError(await orders.put(orderId, 'settle'), 403, 'operation_forbidden');
    await orders.put(orderId, 'split');
    assert.equal((await orders.put(orderId, 'settle')).status, 204);
    assert.equal((await orders.put(orderId, 'settle')).status, 204);
    const allocations = (await orders.allocations(orderId)).body;
    const [{ disbursement_id: id, settled_at: settledAt }] = allocations;
    assert.match(settledAt, /\.\d{6}Z$/);
    const disbursement = (await orders.ping.call('GET', `/disbursements/${id}`)).body;
    assert.deepEqual(
      [
        disbursement.amount,
        disbursement.currency,
        disbursement.disbursed_at,
        disbursement.manual_corrections,
      ],
      [7_000, 'SEK', settledAt, []],
    );
    assert.deepEqual(
      disbursement.settlements.map((one: Json) => [one.allocation_id, one.amount]),
      allocations.map((one: Json) => [one.id, one.amount]),
    );
    const payouts = new Map<string, number>(allocations.map((one: Json) => [one.payout_id, 0]));
    assert.equal(payouts.size, 2);
    for (const payoutId of payouts.keys()) {
      const payout = (await orders.ping.call('GET', `/payouts/${payoutId}`)).body;
      const own = await orders.ping.call('GET', `/allocations?payout_id=${payoutId}`);
      assert.equal(
        payout.amount,
        own.body.reduce((sum: number, one: Json) => sum + one.amount, 0),
      );
      assert.deepEqual([payout.currency, payout.completed_at], ['SEK', settledAt]);
    }
    const now = await balances();
    const grown = (account: string) => (now[account] ?? 0) - (before[account] ?? 0);
    assert.deepEqual([grown('processor:dummy'), grown('receipts'), grown('disbursed')], [7_000, 0, -7_000]);
    await assertBooksBalance();
  });
});
