import type { Queryable } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { BookEntry } from '../core.ts';
import { type BookedOperation, type Breach, selectApproved, selectByReferences } from './store.ts';

/** The kinds of entries that move money. */
const moving: ReadonlySet<string> = new Set(['purchase', 'auth', 'complete', 'refund', 'void']);

/** What makes an operation still open: the processor may know more than we do, until we have asked. */
const open: ReadonlySet<string> = new Set(['intended', 'awaiting-payer', 'unknown']);

/**
 * Compares our books with a processor's own, both ways: each of our approved operations is approved there once and with
 * its amount, and each approval there of a reference of ours is approved here, unless we are still asking. References
 * that are nobody's here may be another installation's and are passed over.
 */
export async function compareBook(
  queryable: Queryable,
  readBook: () => Promise<readonly BookEntry[] | undefined>,
  tenantId: TenantId | null,
): Promise<Breach[] | undefined> {
  // Ours first: what is approved here was approved there before.
  const ours = await selectApproved(queryable, tenantId);
  const book = await readBook();
  if (book === undefined) return undefined;
  const breaches: Breach[] = [];
  for (const [connector, entries] of Map.groupBy(book, (entry) => entry.connector)) {
    const approvals = Map.groupBy(entries.filter(isApproval), (entry) => entry.reference);
    const known = await selectByReferences(queryable, {
      tenantId,
      connector,
      references: [...approvals.keys()],
    });
    const mine = ours.filter((operation) => operation.connector === connector);
    breaches.push(
      ...mine.filter((operation) => !agrees(operation, approvals.get(operation.reference))),
      ...known.filter((operation) => operation.status !== 'approved' && !open.has(operation.status)),
    );
  }
  return breaches.map(({ tenantId: tenant, id }) => ({ tenantId: tenant, id }));
}

function isApproval(entry: BookEntry): boolean {
  return entry.outcome === 'approved' && moving.has(entry.kind);
}

function agrees(operation: BookedOperation, approvals: readonly BookEntry[] | undefined): boolean {
  const [entry, ...more] = approvals ?? [];
  return (
    entry !== undefined &&
    more.length === 0 &&
    entry.amount === operation.amount &&
    entry.currency === operation.currency
  );
}
