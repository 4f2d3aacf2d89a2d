import type { Html } from './html.ts';
import { renderCheckout } from './render-checkout.ts';
import { renderClosed } from './render-closed.ts';
import { renderFunded } from './render-funded.ts';
import { renderPending } from './render-pending.ts';
import { renderReceipt } from './render-receipt.ts';
import { renderUnknown } from './render-unknown.ts';
import type { CheckoutView } from './view.ts';

/** The page of a payment link in whatever state it is. */
export function renderPage(view: CheckoutView): Html {
  switch (view.state) {
    case 'open':
    case 'failed':
      return renderCheckout(view);
    case 'pending':
      return renderPending(view);
    case 'funded':
      return renderFunded(view);
    case 'paid':
      return renderReceipt(view);
    case 'expired':
    case 'cancelled':
      return renderClosed(view);
    case 'unknown-link':
      return renderUnknown(view);
  }
}
