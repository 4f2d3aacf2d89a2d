import type { Transaction } from '#db/database.ts';
import { groupCommit } from '#db/group-commit.ts';
import { orEachAlone } from '#db/or-each-alone.ts';
import { sideBySide } from '#db/side-by-side.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Finding, Operation } from '../operations/operation.ts';
import { findByReferences } from '../operations/read-operations.ts';
import { keepPage } from '../operations/settle-operation.ts';
import { peekTenant } from '../tenants/read-tenant.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import { applyFinding } from './apply-finding.ts';
import type { Held } from './book-charge.ts';
import { holdOf, holdOperations } from './hold-operations.ts';
import { movePayment } from './move-payment.ts';
import { mayTakeMoney } from './payment.ts';

/** What somebody learned about one of our references at a processor. */
export interface Report {
  readonly tenantId: TenantId;
  readonly connector: string;
  readonly reference: string;
  readonly finding: Finding | { readonly kind: 'page'; readonly url: string };
  /** The operation of this reference, where the reporter has read it: then nobody looks for it. */
  readonly known?: Operation;
}

/** Answers false where the reference is not one of the tenant's. */
export type RecordOutcome = (report: Report) => Promise<boolean>;

/** The most outcomes in one transaction: their locks are held until the slowest of them is booked. */
const maxBatch = 64;

/**
 * The one door through which outcomes come in: the answer to a call, the payer's return, a notification, an inquiry.
 * The same news again changes nothing. Outcomes that arrive together are booked by one transaction; where it fails, each
 * is booked alone, so that one that cannot be does not hold up the others.
 */
export function outcomeRecording(core: () => Core): RecordOutcome {
  return groupCommit({
    // Of what may have been committed, whoever asks the processor next brings the news anew.
    run: (batch: readonly Report[]) => orEachAlone(batch, (reports) => recordTogether(core(), reports)),
    maxBatch,
  });
}

/** Something new of an operation that we know. */
interface News {
  readonly known: Operation;
  readonly finding: Report['finding'];
}

async function recordTogether(core: Core, batch: readonly Report[]): Promise<boolean[]> {
  const operations = await findEach(core, batch);
  const news = batch.flatMap(({ finding }, index): News[] => {
    const known = operations[index];
    // Nothing follows an approval: the payer's return and up to six notifications of it need not queue for the locks.
    const isOld = known?.status === 'approved' && finding.kind === 'approved';
    return known === undefined || isOld ? [] : [{ known, finding }];
  });
  if (news.length > 0) await core.database.transaction((transaction) => bookAll(core, transaction, news));
  return operations.map((known) => known !== undefined);
}

/** The operations that reports speak of, each in its place. */
async function findEach(core: Core, batch: readonly Report[]): Promise<(Operation | undefined)[]> {
  const unknown = batch.filter(({ known }) => known === undefined);
  const found = unknown.length === 0 ? [] : await findByReferences(core, unknown);
  const byReport = new Map(unknown.map((report, index) => [report, found[index]]));
  return batch.map((report) => report.known ?? byReport.get(report));
}

async function peekTenants(
  transaction: Transaction,
  ids: readonly TenantId[],
): Promise<ReadonlyMap<TenantId, Tenant>> {
  const tenants = await Promise.all([...new Set(ids)].map((id) => peekTenant(transaction, id)));
  return new Map(tenants.map((tenant) => [tenant.id, tenant]));
}

async function bookAll(core: Core, transaction: Transaction, news: readonly News[]): Promise<void> {
  const operations = news.map(({ known }) => known);
  const [tenants, held] = await Promise.all([
    peekTenants(
      transaction,
      operations.map(({ tenantId }) => tenantId),
    ),
    holdOperations(transaction, operations),
  ]);
  const heldNews = news.flatMap((one, index) => {
    const [tenant, own] = [tenants.get(one.known.tenantId), held[index]];
    return tenant === undefined || own === undefined ? [] : [{ ...one, tenant, held: own }];
  });
  const bySubject = Map.groupBy(heldNews, (one) => subjectOf(one.held));
  const [apart, beside] = partition([...bySubject.values()], (group) => group.some(reachesBeyond));
  await sideBySide(
    transaction,
    beside.map((group) => (lane) => bookInTurn(core, lane, group)),
  );
  for (const group of apart) await bookInTurn(core, transaction, group);
}

type HeldNews = News & { readonly held: Held; readonly tenant: Tenant };

/** What is of one payment, or of the link, claim or plan that it pays, is booked one after another. */
function subjectOf({ link, claim, plan, payment }: Held): string {
  return link?.id ?? claim?.id ?? plan?.subscription.id ?? payment.id;
}

/** Late news may change how an order's money is divided, and a card is its customer's: nothing is booked beside these. */
function reachesBeyond({ held: { operation, payment } }: HeldNews): boolean {
  const isLate =
    operation.resolvedAt !== null || (operation.kind !== 'refund' && !mayTakeMoney(payment.status));
  return isLate || (operation.byPage && operation.cardId !== null);
}

async function bookInTurn(core: Core, transaction: Transaction, group: readonly HeldNews[]): Promise<void> {
  for (const [index, one] of group.entries()) {
    // The news before it may have changed everything.
    const held = index === 0 ? one.held : await holdOf(transaction, one.known);
    await bookOne(core, transaction, held, one);
  }
}

function partition<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

async function bookOne(
  core: Core,
  transaction: Transaction,
  held: Held,
  { finding, tenant }: HeldNews,
): Promise<void> {
  const at = businessNow(core.clock, tenant);
  if (finding.kind === 'page') await openPage(core, transaction, held, finding.url, at);
  else await applyFinding(core, transaction, held, finding, at);
}

async function openPage(
  core: Core,
  transaction: Transaction,
  held: Held,
  url: string,
  at: Date,
): Promise<void> {
  await keepPage(core, transaction, held.operation, url);
  if (held.payment.status === 'initiated') {
    await movePayment(core, transaction, held.payment, {
      to: 'pending',
      reason: 'the payer was sent to the processor',
      at,
    });
  }
}
