import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { test } from 'node:test';
import type { Call, Core } from '#core/core.ts';
import { holdPayment } from '#core/payments/hold-payment.ts';
import { intendRefund } from '#core/payments/intend-refund.ts';
import { readPayment } from '#core/payments/read-payment.ts';
import { readConnectorAccount } from '#core/tenants/connector-account.ts';
import { removeConnector } from '#core/tenants/remove-connector.ts';
import { setUpConnector } from '#core/tenants/set-up-connector.ts';
import { CoreError } from '#kit/errors.ts';
import type { TestApp } from '#test/support/app.ts';
import { openDemoShop } from '#test/support/shop.ts';
import { defineOnPostgres, untilItWaits } from './on-postgres.ts';

const changes: readonly [what: string, change: (core: Core, call: Call) => Promise<unknown>][] = [
  [
    'replaced',
    async (core, call) => {
      const account = await readConnectorAccount(core, call.tenant.id, 'windcave');
      const other = { ...account, postUsername: 'Another_PxPost' };
      return setUpConnector(core, call, { connector: 'windcave', account: other, methods: ['card'] });
    },
  ],
  ['forgotten', (core, call) => removeConnector(core, call, 'windcave')],
];

await defineOnPostgres('accounts do not change beside intents', defineTests);

/** Pays a link by card and answers the payment's id. */
async function payByCard({ url }: TestApp): Promise<string> {
  const shop = await openDemoShop(() => url);
  const order = await shop.createOrder();
  const { body } = await shop.createLink({ orderId: order.body.id, amount: 10_000 });
  const page = await shop.pressPay(body.checkout_url, 'card');
  await shop.visit(await shop.enterCard(page));
  return (await shop.link(body.id)).body.paymentId;
}

function defineTests(app: TestApp): void {
  for (const [what, change] of changes) {
    test(`an account is not ${what} in the instant in which a refund at it is being written`, async () => {
      const { core } = app.app;
      const tenant = app.tenants[0]?.tenant;
      assert.ok(tenant);
      const { payment, operations } = await readPayment(core, tenant, await payByCard(app));
      const [charge] = operations;
      assert.ok(charge);
      let changed: Promise<unknown> = Promise.resolve();
      const elsewhere = AsyncLocalStorage.snapshot();
      await core.database.transaction(async (transaction) => {
        const held = await holdPayment(transaction, tenant.id, payment.id);
        await intendRefund(core, transaction, {
          payment: held,
          charge,
          amount: 1_000n,
          reason: '',
          sendNow: true,
        });
        // What is written is sent without waiting for it: the change must not come before.
        await transaction.query('select 1');
        changed = elsewhere(() => change(core, { tenant, origin: 'native' }));
        await untilItWaits(transaction, changed);
      });
      await assert.rejects(
        changed,
        (error) => error instanceof CoreError && error.code === 'operation_forbidden',
      );
      assert.ok(await readConnectorAccount(core, tenant.id, 'windcave'));
    });
  }
}
