import type { PlannedCharge } from '#core/subscriptions/preview-subscription.ts';
import type { SubscriptionRecord } from '#core/subscriptions/read-subscriptions.ts';
import {
  type Interval,
  type PlanPayment,
  remainingPayments,
  type Subscription,
  type SubscriptionStatus,
} from '#core/subscriptions/subscription.ts';
import { writeAmount } from './wire.ts';

const statuses = {
  new: 'New',
  active: 'Active',
  suspended: 'Suspended',
  cancelled: 'Cancelled',
  completed: 'Completed',
} as const satisfies Record<SubscriptionStatus, string>;

const intervals = {
  daily: 'Daily',
  weekly: 'Weekly',
  fortnightly: 'Fortnightly',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
  yearly: 'Yearly',
} as const satisfies Record<Interval, string>;

export function writeSubscription({ subscription, transitions, payments }: SubscriptionRecord) {
  const { currency, initialAmount } = subscription;
  const initial = initialAmount === null ? null : writeAmount(initialAmount, currency);
  const remaining = remainingPayments(subscription);
  return {
    Id: subscription.id,
    PaymentMethodId: subscription.cardId,
    ClientId: subscription.customerId,
    Description: subscription.description,
    CreatedOn: subscription.createdAt.toISOString(),
    Status: statuses[subscription.status],
    Interval: intervals[subscription.every],
    IntervalCount: subscription.intervalCount,
    Amount: writeAmount(subscription.amount, currency),
    Currency: currency,
    InitialPayment: initial,
    'Initial Payment': initial,
    RemainingPayments: remaining,
    'Remaining Payments': remaining,
    AutoRenew: subscription.autoRenew,
    History: transitions.map(({ toStatus, at }) => ({ Status: statuses[toStatus], Date: at.toISOString() })),
    Payments: payments.map(({ paymentId }) => paymentId),
    NextPaymentOn: subscription.dueAt?.toISOString() ?? null,
  };
}

export function writeStatus({ id, status }: Subscription) {
  return { Id: id, SubscriptionId: id, Status: statuses[status] };
}

export function writeSubscriptionPayment(payment: PlanPayment) {
  return {
    SubscriptionId: payment.subscriptionId,
    PaymentId: payment.paymentId,
    Date: payment.at.toISOString(),
    Amount: writeAmount(payment.amount, payment.currency),
    Currency: payment.currency,
    Success: payment.approved,
    Successs: payment.approved,
  };
}

export function writePreview(charges: readonly PlannedCharge[]) {
  return {
    Payments: charges.map(({ cycle, at, amount }) => ({
      Number: cycle + 1,
      Date: at.toISOString(),
      Amount: writeAmount(amount.minor, amount.currency),
      Currency: amount.currency,
    })),
  };
}
