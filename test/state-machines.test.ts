import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimTransitions } from '#core/claims/claim.ts';
import { linkTransitions } from '#core/links/link.ts';
import { merchantTransitions } from '#core/merchants/merchant.ts';
import { operationTransitions } from '#core/operations/operation.ts';
import { orderTransitions } from '#core/orders/order.ts';
import { paymentTransitions } from '#core/payments/payment.ts';
import { batchTransitions } from '#core/payout-batches/batch.ts';
import { payoutTransitions } from '#core/payouts/payout.ts';
import { subscriptionTransitions } from '#core/subscriptions/subscription.ts';
import { batchStatuses } from '../src/facades/optum/batch-wire.ts';
import { statuses as payoutStatuses } from '../src/facades/optum/wire.ts';
import { linkStatuses, merchantStatuses, orderStatuses, paymentStatuses } from '../src/facades/ping/wire.ts';
import { openTestDatabase } from './support/database.ts';
import { readFiles } from './support/source-tree.ts';
import { transitionTable } from './support/transition-tables.ts';

type Table = Readonly<Record<string, readonly string[]>>;

const machines: readonly { noun: string; start: string; table: Table }[] = [
  { noun: 'orders', start: 'open', table: orderTransitions },
  { noun: 'links', start: 'created', table: linkTransitions },
  { noun: 'claims', start: 'initial', table: claimTransitions },
  { noun: 'payments', start: 'initiated', table: paymentTransitions },
  { noun: 'merchants', start: 'created', table: merchantTransitions },
  { noun: 'operations', start: 'intended', table: operationTransitions },
  { noun: 'subscriptions', start: 'new', table: subscriptionTransitions },
  { noun: 'payout_batches', start: 'created', table: batchTransitions },
  { noun: 'payout_orders', start: 'created', table: payoutTransitions },
];

function reachableFrom(start: string, table: Table): Set<string> {
  const reached = new Set([start]);
  for (const status of reached) for (const next of table[status] ?? []) reached.add(next);
  return reached;
}

describe('the state machines', () => {
  for (const { noun, start, table } of machines) {
    it(`of ${noun} reach every status from ${start}, and lead nowhere unknown`, () => {
      assert.deepEqual([...reachableFrom(start, table)].sort(), Object.keys(table).sort());
    });
  }

  it('are repeated by the database, status for status', async () => {
    const database = await openTestDatabase();
    try {
      for (const { noun, table } of machines) {
        const rows = await database.query<{ definition: string }>(
          `select pg_get_constraintdef(oid) as definition from pg_constraint where conname = $1`,
          [`${noun}_status_check`],
        );
        const named = [...(rows[0]?.definition ?? '').matchAll(/'([a-z-]+)'/g)].map(([, status]) => status);
        assert.deepEqual(named.sort(), Object.keys(table).sort(), noun);
      }
    } finally {
      await database.close();
    }
  });

  const printed: readonly [
    page: string,
    noun: string,
    table: Table,
    words: Readonly<Record<string, string>>,
  ][] = [
    ['ping', 'order', orderTransitions, orderStatuses],
    ['ping', 'link', linkTransitions, linkStatuses],
    ['ping', 'payment', paymentTransitions, paymentStatuses],
    ['optum', 'payment', payoutTransitions, payoutStatuses],
    ['optum', 'batch', batchTransitions, batchStatuses],
    ['ping', 'merchant', merchantTransitions, merchantStatuses],
  ];
  for (const [dialect, noun, table, words] of printed)
    it(`of the page of ${dialect} are those of the code: ${noun}`, () => {
      const [page] = readFiles([`docs/facades/${dialect}.md`]);
      assert.ok(
        page?.text.includes(`\n\n${transitionTable(noun, table, words)}\n\n`),
        transitionTable(noun, table, words),
      );
    });
});
