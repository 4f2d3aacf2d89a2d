import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import type { ImportCount, Imported } from './imported.ts';
import { keepLinkMethod } from './keep-link-method.ts';
import type { PracticeKind } from './practice.ts';
import { writeObjects } from './write-objects.ts';

/** `place` is where an object stands in what was sent; `<kind>.<index>` unless given. */
export type PracticeImport = {
  readonly [Kind in PracticeKind]: readonly (Imported<Kind> & { readonly place?: string })[];
};

export type ImportCounts = Readonly<Record<PracticeKind, ImportCount>>;

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
 * brought up to date. A reference to what is not there is `validation_failed`.
 */
export async function importPractice(
  core: Core,
  call: Call,
  given: PracticeImport,
): Promise<Answer<ImportCounts>> {
  return runOnce(core, call, async (transaction) => {
    await keepLinkMethod(core, transaction, call);
    const counts: Partial<Record<PracticeKind, ImportCount>> = {};
    for (const kind of order) {
      const rows = given[kind].map((row, index) => ({ place: `${kind}.${index}`, ...row }));
      counts[kind] = await writeObjects(core, transaction, call, kind, rows);
    }
    return counts as ImportCounts;
  });
}
