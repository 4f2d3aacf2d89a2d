import type { Transaction } from '#db/database.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type OrderId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { disburseOrder } from '../disbursements/disburse-order.ts';
import { recordEvents } from '../events/record-events.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { divideOrder } from '../payments/divide-order.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import { type Order, type OrderStatus, stepsBetween } from './order.ts';
import { lockOrder, updateStatus } from './store.ts';

export interface Advance {
  readonly orderId: string;
  readonly to: Exclude<OrderStatus, 'open'>;
  /** Whether to take the steps on the way as well; without it the order must stand one step before. */
  readonly fastForward: boolean;
}

interface Step {
  readonly tenant: Tenant;
  readonly order: Order;
  /** In the tenant's time. */
  readonly at: Date;
}

/** What taking a step does beside writing it down. */
const effects: Readonly<
  Record<Advance['to'], (core: Core, transaction: Transaction, step: Step) => Promise<void>>
> = {
  closed: async () => {},
  split: divideOrder,
  settled: disburseOrder,
};

/**
 * Takes an order on to where it is closed, split or settled, in one transaction. Closing and settling again are
 * successes that change nothing. `operation_forbidden`: a step in between that was not asked for, an order whose money
 * was divided already, a payment that is not over.
 */
export async function advanceOrder(
  core: Core,
  call: Call,
  advance: Advance,
): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const held = isUuid(advance.orderId)
      ? await lockOrder(transaction, call.tenant.id, advance.orderId as OrderId)
      : undefined;
    if (held === undefined) throw notFound('payment order');
    let order = held;
    for (const to of stepsOf(order, advance)) {
      order = await takeStep(core, transaction, { tenant: call.tenant, order, to });
    }
    return {};
  });
}

function stepsOf(order: Order, { to, fastForward }: Advance): readonly Advance['to'][] {
  const steps = stepsBetween(order.status, to);
  const isAgain = steps.length === 0;
  if (isAgain && to === 'split') {
    throw new CoreError('operation_forbidden', `The payment order is ${order.status} already.`);
  }
  if (steps.length > 1 && !fastForward) {
    throw new CoreError(
      'operation_forbidden',
      `The payment order is ${order.status}; it has to be ${steps.at(-2)} first.`,
    );
  }
  return steps;
}

async function takeStep(
  core: Core,
  transaction: Transaction,
  { tenant, order, to }: { tenant: Tenant; order: Order; to: Advance['to'] },
): Promise<Order> {
  const at = businessNow(core.clock, tenant);
  await effects[to](core, transaction, { tenant, order, at });
  const moved = await updateStatus(transaction, order, to);
  if (moved === undefined) throw new Error(`order ${order.id} changed while it was held`);
  await recordEvents(core, transaction, [
    {
      tenantId: tenant.id,
      type: `order.${to}`,
      subject: { kind: 'order', id: order.id, version: moved.version },
      data: { currency: order.currency },
      at,
    },
  ]);
  return moved;
}
