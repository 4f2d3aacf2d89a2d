import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import { followPayment } from '../claims/follow-payment.ts';
import type { Core } from '../core.ts';
import { takeLink } from '../links/hold-link.ts';
import { type Held, whySurplus } from './book-charge.ts';
import { movePayment } from './move-payment.ts';
import type { Payment } from './payment.ts';
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
  const { link, claim } = held;
  const unwanted = whySurplus(held) ?? (isTaken(held) ? 'another attempt is under way' : undefined);
  if (unwanted !== undefined) {
    await release(core, transaction, held, held.operation, { reason: `held, but ${unwanted}`, at });
    return;
  }
  const payment = await movePayment(core, transaction, held.payment, {
    to: 'authorised',
    reason: 'the processor holds the money',
    at,
    lapsesAt: lapseOf(held.payment, at),
  });
  if (link !== undefined) await takeLink(transaction, link, payment.id);
  if (claim !== undefined) await followPayment(core, transaction, claim, payment, at);
}

function lapseOf({ authorisationMs }: Payment, at: Date): Date | null {
  return authorisationMs === null ? null : later(at, authorisationMs);
}

function isTaken({ link, claim, payment }: Held): boolean {
  const active = link?.activePaymentId ?? claim?.activePaymentId ?? payment.id;
  return active !== payment.id;
}
