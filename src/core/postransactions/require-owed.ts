import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { Link } from '../links/link.ts';
import { holdPracticeObject } from '../practice/hold-practice-object.ts';
import { selectInvoiceOfLink, selectPaid } from './store.ts';

/**
 * Refuses, as `operation_forbidden`, to pay an invoice by a link that the caller holds when another link has paid it
 * meanwhile or is paying it just now. The invoice stays locked until the transaction ends, so that of two payers one
 * is refused. Links of nobody's invoice pass.
 */
export async function requireOwed(transaction: Transaction, link: Link): Promise<void> {
  const invoiceId = await selectInvoiceOfLink(transaction, link.tenantId, link.id);
  if (invoiceId === undefined) return;
  const invoice = await holdPracticeObject(transaction, link.tenantId, 'invoice', invoiceId);
  const [sums] = await selectPaid(transaction, [invoice]);
  const left = BigInt(invoice.fields.dueMinor) - (sums?.paid ?? 0n) - (sums?.underWay ?? 0n);
  if (link.amount > left)
    throw new CoreError('operation_forbidden', 'The invoice is being paid, or was paid, in another way.');
}
