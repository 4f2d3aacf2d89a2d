/** Compares our books with the processor's own, which no crash and no mistake of ours can have touched. */
import assert from 'node:assert/strict';
import { runAudit } from '#core/audit/run-audit.ts';
import type { OperationStatus } from '#core/operations/operation.ts';
import type { Queryable } from '#db/database.ts';
import { wallClock } from '#kit/clock.ts';
import type { BookRow } from '#simulators/book.ts';

export interface OurOperation {
  readonly reference: string;
  readonly kind: string;
  readonly connector: string;
  readonly status: OperationStatus;
  readonly amount: bigint;
  readonly currency: string;
  readonly paymentId: string;
  readonly linkId: string | null;
  readonly superseded: boolean;
}

export async function readBook(simulatorUrl: string): Promise<BookRow[]> {
  const response = await fetch(`${simulatorUrl}/book`);
  return ((await response.json()) as { data: BookRow[] }).data;
}

export async function readOperations(database: Queryable): Promise<OurOperation[]> {
  return database.query<OurOperation>(
    `select o.reference, o.kind, o.connector, o.status, o.amount, o.currency, o.payment_id as "paymentId",
       p.link_id as "linkId", p.superseded
     from operations o join payments p on p.tenant_id = o.tenant_id and p.id = o.payment_id`,
  );
}

/**
 * Asserts that every approved purchase and refund in the processor's book is an approved operation of ours with that
 * reference and amount, and the other way round; that no payment was charged twice and no link more than once without
 * the surplus given back; that nothing was ever sent under a reference we do not know, nor one payment under two.
 */
export function assertBooksAgree(
  book: readonly BookRow[],
  operations: readonly OurOperation[],
  processor = 'windcave',
): void {
  const moves = book.filter(({ connector, kind }) => connector === processor && kind !== 'status');
  const ours = operations.filter(({ connector }) => connector === processor);
  const known = new Map(ours.map((operation) => [operation.reference, operation]));

  const strangers = moves.filter(({ reference, kind }) => known.get(reference)?.kind !== kind);
  assert.deepEqual(
    strangers,
    [],
    'the processor was sent something under a reference that is not in our books',
  );

  const approvedThere = moves.filter(({ outcome }) => outcome === 'approved');
  assert.deepEqual(
    approvedThere.map(describe).toSorted(),
    ours
      .filter(({ status }) => status === 'approved')
      .map(describe)
      .toSorted(),
    "the processor's approved movements (left) are not ours (right)",
  );
  assertNoDoubleCharge(approvedThere, known);

  const charges = ours.filter(({ kind }) => kind === 'purchase');
  assert.equal(
    new Set(charges.map(({ paymentId }) => paymentId)).size,
    charges.length,
    'one charge per payment',
  );
}

/** What takes money and what gives it back; a hold and a validation do neither. */
const directions: Readonly<Record<string, 1 | -1>> = { purchase: 1, complete: 1, refund: -1 };

function assertNoDoubleCharge(approved: readonly BookRow[], known: ReadonlyMap<string, OurOperation>): void {
  const keptPerLink = new Map<string, number>();
  const perPayment = new Map<string, { charges: number; left: number; linkId: string | null }>();
  for (const { reference, kind, amount } of approved) {
    const operation = known.get(reference);
    if (operation === undefined) continue;
    const { paymentId, linkId } = operation;
    const direction = directions[kind] ?? 0;
    const sum = perPayment.get(paymentId) ?? { charges: 0, left: 0, linkId };
    perPayment.set(paymentId, {
      linkId,
      charges: sum.charges + (direction > 0 ? 1 : 0),
      left: sum.left + direction * amount,
    });
  }
  for (const [paymentId, { charges, left, linkId }] of perPayment) {
    assert.ok(charges <= 1, `payment ${paymentId} was charged ${charges} times`);
    assert.ok(left >= 0, `payment ${paymentId} was refunded ${-left} too much`);
    if (linkId !== null && left > 0) keptPerLink.set(linkId, (keptPerLink.get(linkId) ?? 0) + 1);
  }
  assert.deepEqual(
    [...keptPerLink].filter(([, payments]) => payments > 1),
    [],
    'links that were paid more than once',
  );
}

function describe(move: Pick<BookRow | OurOperation, 'reference' | 'kind' | 'amount' | 'currency'>): string {
  return `${move.reference} ${move.kind} ${move.amount} ${move.currency}`;
}

/** Asserts that every invariant of our own books holds. */
export async function assertAuditGreen(database: Parameters<typeof runAudit>[0]['database']): Promise<void> {
  const report = await runAudit({ database, clock: wallClock });
  assert.deepEqual(
    report.checks.filter(({ ok }) => !ok),
    [],
  );
}
