/** Something small with a guard in it, on which the mechanism of the negative controls is tested. */
import type { Money } from '#kit/money.ts';

type Minor = Money['minor'];

export const limit: Minor = 10n;

/** What has been taken after taking `amount` more, or undefined where that is beyond the limit. */
export function take(taken: Minor, amount: Minor): Minor | undefined {
  if (taken + amount > limit) return undefined;
  return taken + amount;
}
