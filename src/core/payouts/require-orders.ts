import { CoreError } from '#kit/errors.ts';
import type { Call, Core } from '../core.ts';
import { UnbalancedError } from './check-balance.ts';
import { checkOrder } from './check-order.ts';
import { requireConsent } from './create-payout.ts';
import { deliveryOf, type PayoutOrder } from './order.ts';

/**
 * Holds orders, whose shapes are right, to the rules that a shape cannot say. Throws what is wrong with the first bad one,
 * its properties named by `list` and its place in it.
 */
export async function requireOrders(
  core: Core,
  call: Call,
  orders: readonly PayoutOrder[],
  list: string,
): Promise<void> {
  for (const [index, order] of orders.entries()) {
    try {
      checkOrder(order);
      if (deliveryOf(order) === 'VIRTUAL_CARD') await requireConsent(core, call.tenant.id, order);
    } catch (error) {
      throw error instanceof CoreError ? within(error, `${list}.${index}`) : error;
    }
  }
}

/** The same error about a thing that is inside another. */
function within(error: CoreError, path: string): CoreError {
  const problems = error.problems.map((one) => ({ ...one, property: `${path}.${one.property}` }));
  const [first] = problems;
  if (error instanceof UnbalancedError && first !== undefined)
    return new UnbalancedError(`${path}: ${error.message}`, {
      ...first,
      difference: BigInt(error.difference),
    });
  return new CoreError(error.code, `${path}.${error.message}`, problems);
}
