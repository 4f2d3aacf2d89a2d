import { setImmediate } from 'node:timers/promises';
import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { withContent } from '../idempotency/with-content.ts';
import type { AnyImported, ImportCount } from './imported.ts';
import { keepLinkMethod } from './keep-link-method.ts';
import type { PracticeKind } from './practice.ts';
import {
  deleteImport,
  insertImport,
  insertStaged,
  lockImport,
  type StagedRow,
  selectStaged,
} from './store.ts';
import { writeObjects } from './write-objects.ts';

/** Objects of one kind as they are read from a body that is still arriving. */
export interface PracticeFile {
  readonly kind: PracticeKind;
  /** A few hundred at a time. Throws `validation_failed` where one is wrong. */
  readonly batches: AsyncIterable<readonly (AnyImported & { readonly line: number })[]>;
  /** SHA-256 of all that was read, by which a repeated request is known. Asked once there are no more batches. */
  digest(): Buffer;
}

/** Objects of one file. They have to arrive within a request's time, and are written in one transaction. */
const maxRows = 500_000;

/** Objects written in one statement. */
const chunkRows = 1_000;

/**
 * Takes over a practice system's objects of one kind, all of them or none, however many: they are laid down as they
 * arrive, with no transaction open, and count once the last of them is here. Errors are named `lines.<line>.<property>`.
 * `unavailable` where too many files are being read already.
 */
export async function importPracticeFile(
  core: Core,
  call: Call,
  file: PracticeFile,
): Promise<Answer<ImportCount>> {
  return core.importTurns.take(async () => {
    const staged = { tenantId: call.tenant.id, importId: core.ids.uuid() };
    try {
      await insertImport(core.database, { ...staged, kind: file.kind, at: core.clock.now() });
      await stage(core, staged, file);
      return await apply(core, withContent(call, file.digest()), { ...staged, kind: file.kind });
    } finally {
      await deleteImport(core.database, staged);
    }
  });
}

type Staged = Pick<StagedRow, 'tenantId' | 'importId'>;

async function stage(core: Core, staged: Staged, { batches }: PracticeFile): Promise<void> {
  let count = 0;
  for await (const batch of batches) {
    count += batch.length;
    if (count > maxRows)
      throw new CoreError('body_too_large', `A file has at most ${maxRows} objects: divide it.`);
    await insertStaged(
      core.database,
      batch.map((row) => ({ ...row, ...staged })),
    );
  }
}

function apply(
  core: Core,
  call: Call,
  staged: Staged & { kind: PracticeKind },
): Promise<Answer<ImportCount>> {
  return runOnce(core, call, async (transaction) => {
    // Swept meanwhile, it would be applied in part.
    if (!(await lockImport(transaction, staged)))
      throw new CoreError('unavailable', 'The import took too long. Send it again.');
    await keepLinkMethod(core, transaction, call);
    return writeStaged(core, transaction, call, staged);
  });
}

async function writeStaged(
  core: Core,
  transaction: Transaction,
  call: Call,
  staged: Staged & { kind: PracticeKind },
): Promise<ImportCount> {
  let count: ImportCount = { created: 0, updated: 0 };
  for (let after = ''; ; ) {
    const rows = await selectStaged(transaction, staged, { after, limit: chunkRows });
    const last = rows.at(-1);
    if (last === undefined) return count;
    const placed = rows.map((row) => ({ ...row, place: `lines.${row.line}` }));
    const written = await writeObjects(core, transaction, call, staged.kind, placed);
    count = { created: count.created + written.created, updated: count.updated + written.updated };
    after = last.externalId;
    // A store in this process answers without a turn of the event loop, which others wait for.
    await setImmediate();
  }
}
