import type { Transaction } from '#db/database.ts';
import type { Core } from '../core.ts';
import type { Held } from './book-charge.ts';
import { movePayment } from './move-payment.ts';

/** Writes down that a card was found good. Its authorisation is never completed, so nothing is taken or posted. */
export async function bookValidation(
  core: Core,
  transaction: Transaction,
  held: Held,
  at: Date,
): Promise<void> {
  await movePayment(core, transaction, held.payment, {
    to: 'validated',
    reason: 'the card was found good',
    at,
  });
}
