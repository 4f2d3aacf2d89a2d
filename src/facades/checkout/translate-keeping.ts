/** What a payer is asked, and says, about keeping the card. Pure. */
import type { Checkout } from '#core/links/read-checkout.ts';
import { keepingText } from '#web/checkout/render-checkout.ts';
import type { CheckoutView, OpenView } from '#web/checkout/view.ts';

export function toKeeping({ keepsCard }: Checkout): Pick<OpenView, 'keepsCard'> {
  return keepsCard === undefined ? {} : { keepsCard };
}

/**
 * What the payer has read and agreed to of keeping the card; undefined where none is kept. A box that was there and was
 * not ticked says no.
 */
export function consentOf(view: CheckoutView, ticked: boolean): string | undefined {
  if (view.state !== 'open' && view.state !== 'failed') return undefined;
  const { keepsCard } = view;
  if (keepsCard === undefined || (keepsCard.asks && !ticked)) return undefined;
  return keepingText(view, keepsCard);
}
