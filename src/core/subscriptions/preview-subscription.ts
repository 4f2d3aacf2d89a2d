import type { Money } from '#kit/money.ts';
import type { PlanInput } from './create-subscription.ts';
import { cycleAmount, cycleDueAt, type Subscription } from './subscription.ts';

export interface PlannedCharge {
  readonly cycle: number;
  readonly at: Date;
  readonly amount: Money;
}

/** Every charge of a first term that is enrolled at `anchorAt`: exactly those the plan would make. */
export function previewSubscription(
  plan: PlanInput & Pick<Subscription, 'zone'> & { readonly anchorAt: Date },
): PlannedCharge[] {
  return Array.from({ length: plan.intervalCount }, (_, cycle) => ({
    cycle,
    at: cycleDueAt(plan, cycle),
    amount: cycleAmount(plan, cycle),
  }));
}
