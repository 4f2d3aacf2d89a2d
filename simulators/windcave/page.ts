/** Windcave's hosted card page. */
import { renderCardPage } from '../card-page.ts';
import { hintedCards } from './cards.ts';
import type { Session } from './state.ts';

/** The form, with what was wrong with the last try. */
export function cardPage(session: Session, problem?: string): string {
  return renderCardPage({
    amount: session.amount,
    verb: session.txnType === 'Purchase' ? 'Pay' : 'Authorise',
    about: session.merchantReference,
    hints: hintedCards,
    note: 'Any name, any date to come, any three digits (four for American Express). An amount ending in .76 is declined.',
    ...(problem === undefined ? {} : { problem }),
  });
}
