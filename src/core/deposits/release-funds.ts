import type { Transaction } from '#db/database.ts';
import type { Core } from '../core.ts';
import type { Link } from '../links/link.ts';
import { holdFunded } from '../payments/hold-payment.ts';
import { movePayment } from '../payments/move-payment.ts';
import { moveDeposit } from './move-deposit.ts';
import { lockOfPayment } from './store.ts';

/**
 * Lets go of the deposits that have come for a link when it was paid otherwise: all of it is surplus now, to be given
 * back. The caller holds the link.
 */
export async function releaseFunds(
  core: Core,
  transaction: Transaction,
  link: Link,
  at: Date,
): Promise<void> {
  if (!link.invoiceCreated) return;
  const payment = await holdFunded(transaction, link.tenantId, link.id);
  if (payment === undefined) return;
  for (const deposit of await lockOfPayment(transaction, payment.tenantId, payment.id)) {
    if (deposit.matched === 0n) continue;
    const to = { surplus: deposit.matched };
    await moveDeposit(core, transaction, deposit, { from: 'matched', to, event: 'released', at });
  }
  await movePayment(core, transaction, payment, { to: 'stopped', reason: 'the link was paid otherwise', at });
}
