import type { Transaction } from '#db/database.ts';
import { invalid } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { type Ring, ringHooks } from '../hooks/ring-hooks.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { draft, linkMethod, type PracticeFields, type PracticeKind } from './practice.ts';
import { selectIds, upsertObjects } from './store.ts';

/** An object as it is imported: others are named by their external ids. */
export interface Imported<Kind extends PracticeKind> {
  readonly externalId: string;
  /** What is kept, but for the ids of others. */
  readonly fields: Omit<PracticeFields[Kind], References[Kind]>;
  /** External ids of the others, by the name under which their id is kept. */
  readonly references: Readonly<Record<References[Kind], string | null>>;
}

/** Under which names each kind keeps ids of others. */
interface References {
  department: never;
  user: never;
  client: 'homeDepartmentId';
  phonenumber: 'clientId';
  paymentmethod: never;
  invoice: 'clientId' | 'departmentId';
}

/** Of which kind what is kept under a name is. */
const kindOfReference = {
  homeDepartmentId: 'department',
  clientId: 'client',
  departmentId: 'department',
} as const satisfies Record<References[PracticeKind], PracticeKind>;

export type PracticeImport = { readonly [Kind in PracticeKind]: readonly Imported<Kind>[] };

export type ImportCounts = Readonly<Record<PracticeKind, { created: number; updated: number }>>;

/** What others point at comes first. */
const order: readonly PracticeKind[] = [
  'department',
  'user',
  'paymentmethod',
  'client',
  'phonenumber',
  'invoice',
];

/**
 * Takes over a practice system's objects, all of them or none. What was imported before under the same external id is
 * brought up to date. A reference to what is not there is `validation_failed`, named as `<kind>.<index>.<reference>`.
 */
export async function importPractice(
  core: Core,
  call: Call,
  given: PracticeImport,
): Promise<Answer<ImportCounts>> {
  return runOnce(core, call, async (transaction) => {
    const counts: Partial<Record<PracticeKind, { created: number; updated: number }>> = {};
    for (const kind of order)
      counts[kind] = await importKind(core, transaction, call, kind, rowsOf(given, kind));
    return counts as ImportCounts;
  });
}

interface Row {
  readonly externalId: string;
  readonly fields: object;
  readonly references: Readonly<Record<string, string | null>>;
}

function rowsOf(given: PracticeImport, kind: PracticeKind): readonly Row[] {
  const own: Row = { externalId: linkMethod, fields: { name: 'Provet Pay' }, references: {} };
  return kind === 'paymentmethod' ? [own, ...given.paymentmethod] : given[kind];
}

async function importKind(
  core: Core,
  transaction: Transaction,
  call: Call,
  kind: PracticeKind,
  rows: readonly Row[],
): Promise<{ created: number; updated: number }> {
  const names = [...new Set(rows.flatMap(({ references }) => Object.keys(references)))];
  const ids = new Map<string, string>();
  for (const name of names as (keyof typeof kindOfReference)[]) {
    const wanted = rows.flatMap(({ references }) => references[name] ?? []);
    for (const { externalId, id } of await selectIds(
      transaction,
      call.tenant.id,
      kindOfReference[name],
      wanted,
    ))
      ids.set(`${name} ${externalId}`, String(id));
  }
  // The last of several with one external id counts: one statement cannot write a row twice.
  const latest = new Map(
    rows.map((row, index) => [
      row.externalId,
      { ...row, fields: { ...row.fields, ...resolve(row, kind, index, ids) } },
    ]),
  );
  const at = businessNow(core.clock, call.tenant);
  // In one order, so that of two imports at once neither waits for the other.
  const sorted = [...latest.values()].toSorted((one, other) => (one.externalId < other.externalId ? -1 : 1));
  const written = await upsertObjects(transaction, call.tenant.id, kind, sorted, at);
  await ringHooks(core, transaction, call.tenant.id, ringsOf(kind, written, latest), at);
  const created = written.filter(({ isNew }) => isNew).length;
  return { created, updated: written.length - created };
}

/** Whoever imports names no department for a client or a number, so that only hooks of the whole practice hear of them. */
function ringsOf(
  kind: PracticeKind,
  written: readonly { externalId: string; id: bigint; isChanged: boolean }[],
  rows: ReadonlyMap<string, { fields: object }>,
): Ring[] {
  if (kind !== 'client' && kind !== 'phonenumber' && kind !== 'invoice') return [];
  return written
    .filter(({ isChanged }) => isChanged)
    .map(({ externalId, id }) => {
      const row = rows.get(externalId);
      if (kind !== 'invoice' || row === undefined) return { trigger: kind, objectId: id, departmentId: null };
      const { status, departmentId } = row.fields as PracticeFields['invoice'];
      const trigger = status === draft ? 'invoice-draft' : 'invoice';
      return { trigger, objectId: id, departmentId: BigInt(departmentId) };
    });
}

function resolve(
  { references }: Row,
  kind: PracticeKind,
  index: number,
  ids: ReadonlyMap<string, string>,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(references).map(([name, externalId]) => {
      const id = externalId === null ? null : ids.get(`${name} ${externalId}`);
      if (id === undefined)
        throw invalid(`${kind}.${index}.${name}`, 'invalid_enum', `There is no ${externalId} to refer to.`);
      return [name, id];
    }),
  );
}
