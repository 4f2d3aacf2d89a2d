import type { Currency } from '#kit/currency.ts';
import type {
  AllocationId,
  DisbursementId,
  MerchantId,
  OrderId,
  PaymentId,
  PayoutId,
  TenantId,
} from '#kit/ids.ts';

/** What somebody is owed of an order's money since it was split. Negative where late news took some of it away again. */
export interface Allocation {
  readonly id: AllocationId;
  readonly tenantId: TenantId;
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  /** The first round is the split; each later one holds the differences that late news of the payment made. */
  readonly round: number;
  /** Which item of the payment, and which share of it: 0 is what the item's own recipient keeps. */
  readonly item: number;
  readonly share: number;
  readonly recipientType: RecipientType;
  readonly merchantId: MerchantId | null;
  /** Whose item the amount is a share of. */
  readonly itemMerchantId: MerchantId | null;
  readonly recipientName: string;
  readonly label: string | null;
  readonly reference: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly allocatedAt: Date;
  readonly settledAt: Date | null;
  readonly disbursementId: DisbursementId | null;
  readonly payoutId: PayoutId | null;
}

/** Who is paid: the tenant, one of its merchants, or whoever runs the installation for them. */
export type RecipientType = 'tenant' | 'merchant' | 'payment_facilitator';

export interface Recipient {
  readonly recipientType: RecipientType;
  readonly merchantId: MerchantId | null;
}

/** What somebody beside an item's own recipient gets of every item of an order. */
export interface Share extends Recipient {
  readonly label: string | null;
  /** Hundredths of a percent: 2.5 % is 250. */
  readonly basisPoints: number;
}

/** One item of a payment, as far as it decides whose the money is. */
export interface PaymentItem {
  /** Minor units, VAT included. */
  readonly minor: number;
  /** Null where the item is the tenant's own. */
  readonly merchantId: MerchantId | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A part of a payment and whose it is. */
export interface Portion
  extends Pick<Allocation, 'item' | 'share' | 'label' | 'itemMerchantId' | 'metadata'>,
    Recipient {
  readonly amount: bigint;
}

/** All of something, in hundredths of a percent. */
export const wholeBasisPoints = 10_000;

/**
 * Divides what is left of a payment, to the last minor unit. Each item has its part of what is left, in proportion to
 * its price where some was refunded; each share of an item is rounded down, and its own recipient keeps the rest.
 * A payment without items is the tenant's own.
 */
export function divide(left: bigint, items: readonly PaymentItem[], shares: readonly Share[]): Portion[] {
  const whole = items.length === 0 ? [{ minor: 1, merchantId: null, metadata: {} }] : items;
  const parts = apportion(
    left,
    whole.map((item) => BigInt(item.minor)),
  );
  return whole.flatMap((item, index) => divideItem(item, index, parts[index] ?? 0n, shares));
}

/** Parts of an amount in proportion to weights, that add up to it: each is what its running total adds. */
function apportion(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  let running = 0n;
  let given = 0n;
  return weights.map((weight) => {
    running += weight;
    const upTo = (amount * running) / total;
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

function divideItem(item: PaymentItem, index: number, part: bigint, shares: readonly Share[]): Portion[] {
  const common = { item: index, itemMerchantId: item.merchantId, metadata: item.metadata };
  const taken = shares.map(
    ({ recipientType, merchantId, label, basisPoints }, ordinal): Portion => ({
      ...common,
      share: ordinal + 1,
      recipientType,
      merchantId,
      label,
      amount: (part * BigInt(basisPoints)) / BigInt(wholeBasisPoints),
    }),
  );
  const rest = part - taken.reduce((sum, { amount }) => sum + amount, 0n);
  const own: Portion = {
    ...common,
    share: 0,
    recipientType: item.merchantId === null ? 'tenant' : 'merchant',
    merchantId: item.merchantId,
    label: null,
    amount: rest,
  };
  return [own, ...taken].filter(({ amount }) => amount !== 0n);
}

/** What has to be added to earlier portions to come to these: nothing, where nothing has changed. */
export function difference(
  portions: readonly Portion[],
  earlier: readonly Pick<
    Allocation,
    'item' | 'share' | 'label' | 'itemMerchantId' | 'metadata' | 'amount' | keyof Recipient
  >[],
): Portion[] {
  const changes = new Map<string, Portion>();
  const add = (portion: Portion, sign: bigint) => {
    const key = `${portion.item}:${portion.share}`;
    const amount = (changes.get(key)?.amount ?? 0n) + sign * portion.amount;
    changes.set(key, { ...portion, amount });
  };
  for (const portion of portions) add(portion, 1n);
  for (const portion of earlier) add(portion, -1n);
  return [...changes.values()].filter(({ amount }) => amount !== 0n);
}
