import type { Transaction } from '#db/database.ts';
import { invalid } from '#kit/errors.ts';
import type { Call, Core } from '../core.ts';
import { type Ring, ringHooks } from '../hooks/ring-hooks.ts';
import { businessNow } from '../tenants/tenant.ts';
import { type ImportCount, type ReferenceName, references } from './imported.ts';
import { draft, type PracticeFields, type PracticeKind } from './practice.ts';
import { selectIds, upsertObjects } from './store.ts';

/** An object of whichever kind, and where it stands in what was sent: `clients.3`, `lines.17`. */
export interface PlacedRow {
  readonly externalId: string;
  readonly fields: object;
  readonly references: Readonly<Record<string, string | null>>;
  readonly place: string;
}

/**
 * Writes objects of one kind, or what is new of them, and rings the hooks of what changed. Of several with one external
 * id the last counts. A reference to what is not there is `validation_failed`, named as `<place>.<reference>`.
 */
export async function writeObjects(
  core: Core,
  transaction: Transaction,
  call: Call,
  kind: PracticeKind,
  rows: readonly PlacedRow[],
): Promise<ImportCount> {
  const ids = await findReferenced(transaction, call, rows);
  // One statement cannot write a row twice.
  const latest = new Map(
    rows.map((row) => [row.externalId, { ...row, fields: { ...row.fields, ...resolve(row, ids) } }]),
  );
  const at = businessNow(core.clock, call.tenant);
  const written = await upsertObjects(transaction, call.tenant.id, kind, [...latest.values()], at);
  const rings = ringsOf(kind, written, latest).map((ring) => ({ ...ring, tenantId: call.tenant.id, at }));
  await ringHooks(core, transaction, rings);
  const created = written.filter(({ isNew }) => isNew).length;
  return { created, updated: written.length - created };
}

/** Our ids of what the rows refer to, by name and external id. */
async function findReferenced(
  transaction: Transaction,
  call: Call,
  rows: readonly PlacedRow[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Set(rows.flatMap((row) => Object.keys(row.references)));
  const ids = new Map<string, string>();
  for (const name of names as Set<ReferenceName>) {
    const wanted = new Set(rows.flatMap((row) => row.references[name] ?? []));
    const found = await selectIds(transaction, call.tenant.id, references[name].kind, [...wanted]);
    for (const { externalId, id } of found) ids.set(`${name} ${externalId}`, String(id));
  }
  return ids;
}

function resolve(row: PlacedRow, ids: ReadonlyMap<string, string>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(row.references).map(([name, externalId]) => {
      const id = externalId === null ? null : ids.get(`${name} ${externalId}`);
      if (id === undefined) {
        const property = `${row.place}.${references[name as ReferenceName].property}`;
        throw invalid(property, 'invalid_enum', `There is no ${externalId} to refer to.`);
      }
      return [name, id];
    }),
  );
}

/** Whoever imports names no department for a client or a number, so that only hooks of the whole practice hear of them. */
function ringsOf(
  kind: PracticeKind,
  written: readonly { externalId: string; id: bigint; isChanged: boolean }[],
  rows: ReadonlyMap<string, { fields: object }>,
): Omit<Ring, 'tenantId' | 'at'>[] {
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
