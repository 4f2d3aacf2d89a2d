import { addDuration } from '#kit/calendar.ts';
import type { Currency } from '#kit/currency.ts';
import type { CardId, CustomerId, OrderId, PaymentId, SubscriptionId, TenantId } from '#kit/ids.ts';
import { type Money, money } from '#kit/money.ts';

/** A plan a customer pays for by a kept card, cycle by cycle. The enrolment is cycle 0. */
export interface Subscription {
  readonly id: SubscriptionId;
  readonly tenantId: TenantId;
  readonly customerId: CustomerId;
  /** The order all its payments belong to. */
  readonly orderId: OrderId;
  readonly cardId: CardId | null;
  /** What the payer's page is found by. */
  readonly token: string;
  readonly origin: string;
  readonly status: SubscriptionStatus;
  readonly description: string;
  readonly every: Interval;
  /** Charges in a term, the enrolment's among those of the first. */
  readonly intervalCount: number;
  readonly currency: Currency;
  readonly amount: bigint;
  /** Taken at enrolment in place of the first amount; 0 takes nothing. */
  readonly initialAmount: bigint | null;
  readonly autoRenew: boolean;
  /** Where the payer goes after enrolling, where the tenant gave an address. */
  readonly redirectUrl: string | null;
  /** IANA zone in which its dates are counted: the tenant's when it was made. */
  readonly zone: string;
  /** When it was enrolled, in the tenant's time: what every date is counted from. */
  readonly anchorAt: Date | null;
  /** The first cycle that is not paid. */
  readonly nextCycle: number;
  /** Failed attempts in a row. */
  readonly strikes: number;
  /** In the tenant's time: when the next attempt is to be made. Null while one is under way. */
  readonly dueAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
}

export type SubscriptionStatus = 'new' | 'active' | 'suspended' | 'cancelled' | 'completed';

/** Which status may follow which. */
export const subscriptionTransitions = {
  new: ['active', 'cancelled', 'completed'],
  active: ['suspended', 'cancelled', 'completed'],
  suspended: ['active', 'cancelled', 'completed'],
  cancelled: [],
  completed: [],
} as const satisfies Record<SubscriptionStatus, readonly SubscriptionStatus[]>;

export function isOver(status: SubscriptionStatus): boolean {
  return status === 'cancelled' || status === 'completed';
}

/** One try to take a cycle's money. */
export interface Attempt {
  readonly cycle: number;
  readonly attempt: number;
  readonly paymentId: PaymentId;
  readonly status: AttemptStatus;
}

/** `surplus`: the money came for a cycle that was paid otherwise, or for a plan nobody wanted any more. */
export type AttemptStatus = 'open' | 'paid' | 'failed' | 'surplus';

/** A payment of a plan that reached the processor: what it took or was refused. */
export interface PlanPayment {
  readonly subscriptionId: SubscriptionId;
  readonly paymentId: PaymentId;
  readonly at: Date;
  readonly amount: bigint;
  readonly currency: Currency;
  readonly approved: boolean;
}

/** Failed attempts in a row after which nothing more is tried until somebody acts (seed: "3 times in a row"). */
export const maxStrikes = 3;

/** Between a failed attempt and the next one. */
export const retryAfter = 'P1D';

const steps = {
  daily: [1, 'D'],
  weekly: [1, 'W'],
  fortnightly: [2, 'W'],
  monthly: [1, 'M'],
  quarterly: [3, 'M'],
  yearly: [1, 'Y'],
} as const;

export type Interval = keyof typeof steps;

/**
 * When a cycle falls due: counted from the anchor, by the calendar and the wall clock of the zone, so that the 31st is
 * the last of February and the 31st again of March.
 */
export function cycleDueAt(
  { anchorAt, every, zone }: Pick<Subscription, 'every' | 'zone'> & { readonly anchorAt: Date },
  cycle: number,
): Date {
  const [length, unit] = steps[every];
  return addDuration(anchorAt, `P${length * cycle}${unit}`, zone);
}

/** What a cycle costs. */
export function cycleAmount(
  { amount, initialAmount, currency }: Pick<Subscription, 'amount' | 'initialAmount' | 'currency'>,
  cycle: number,
): Money {
  return money(cycle === 0 ? (initialAmount ?? amount) : amount, currency);
}

/** Whether the charges of a term are all taken, at the end of the first term or of a later one. */
export function isTermOver({
  nextCycle,
  intervalCount,
}: Pick<Subscription, 'nextCycle' | 'intervalCount'>): boolean {
  return nextCycle > 0 && nextCycle % intervalCount === 0;
}

/** Charges still to be taken in the present term; of one that is renewed, those of the next as soon as it begins. */
export function remainingPayments(
  subscription: Pick<Subscription, 'status' | 'nextCycle' | 'intervalCount'>,
): number {
  if (isOver(subscription.status)) return 0;
  return subscription.intervalCount - (subscription.nextCycle % subscription.intervalCount);
}

/** Whether a cycle has fallen due that is not paid, at `at` in the tenant's time. Beyond its term a plan owes nothing. */
export function isOutstanding(subscription: Subscription, at: Date): boolean {
  if (subscription.anchorAt === null) return false;
  if (isTermOver(subscription) && !subscription.autoRenew) return false;
  return cycleDueAt({ ...subscription, anchorAt: subscription.anchorAt }, subscription.nextCycle) <= at;
}
