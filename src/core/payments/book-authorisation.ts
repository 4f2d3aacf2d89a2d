import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import type { Core } from '../core.ts';
import { takeLink } from '../links/hold-link.ts';
import { type Held, whySurplus } from './book-charge.ts';
import { movePayment } from './move-payment.ts';
import { release } from './release-payment.ts';

/**
 * Notes money that the processor holds for us. Nothing is posted: none has moved. It is let go at once where the link
 * was paid otherwise, or another attempt has it by now.
 */
export async function bookAuthorisation(
  core: Core,
  transaction: Transaction,
  held: Held,
  at: Date,
): Promise<void> {
  const { link, payment } = held;
  const unwanted = whySurplus(held) ?? (isTaken(held) ? 'another attempt is under way' : undefined);
  if (unwanted !== undefined) {
    await release(core, transaction, held, held.operation, { reason: `held, but ${unwanted}`, at });
    return;
  }
  await movePayment(core, transaction, payment, {
    to: 'authorised',
    reason: 'the processor holds the money',
    at,
    lapsesAt: payment.authorisationMs === null ? null : later(at, payment.authorisationMs),
  });
  if (link !== undefined) await takeLink(transaction, link, payment.id);
}

function isTaken({ link, payment }: Held): boolean {
  return link !== undefined && link.activePaymentId !== null && link.activePaymentId !== payment.id;
}
