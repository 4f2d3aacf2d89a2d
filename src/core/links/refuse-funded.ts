import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import { peekFunded } from '../payments/hold-payment.ts';
import type { Link } from './link.ts';

/**
 * Refuses, as `operation_forbidden`, what must not be done with a link for which deposits have come that do not pay it: who
 * has transferred a part would pay that part twice by card, and what is withdrawn would keep it. The caller holds the link.
 */
export async function refuseFunded(transaction: Transaction, link: Link): Promise<void> {
  if (!link.invoiceCreated) return;
  const funded = await peekFunded(transaction, link.tenantId, link.id);
  if (funded === undefined) return;
  throw new CoreError('operation_forbidden', `Deposits have come for this link: it is ${funded.status}.`);
}
