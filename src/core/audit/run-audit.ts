import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { compareBook } from './compare-book.ts';
import { divisionInvariants } from './divisions/store.ts';
import { findCardNumbers } from './find-card-numbers.ts';
import { payoutInvariants } from './payouts/store.ts';
import { planInvariants } from './plans/store.ts';
import { type Breach, invariants, selectBreaches, selectFreeText } from './store.ts';

export interface AuditCheck {
  readonly id: string;
  readonly about: string;
  readonly ok: boolean;
  /** How many rows break the invariant. */
  readonly rows: number;
  readonly examples: readonly Breach[];
}

export interface AuditReport {
  readonly ok: boolean;
  readonly checks: readonly AuditCheck[];
}

/** Rows that break an invariant that are told of by id. */
const maxExamples = 10;

/** The newest texts that are searched for card numbers in one run. */
const maxTexts = 5_000;

/** What the audit needs: the books, the time, and the processors' own books where they can be read. */
export type AuditMeans = Pick<Core, 'database' | 'clock'> & {
  readonly processors?: Pick<Core['processors'], 'readBook'>;
};

/** Runs every invariant over one tenant's books, or over all of them. Reads only. */
export async function runAudit(core: AuditMeans, tenantId?: TenantId): Promise<AuditReport> {
  const scope = { tenantId: tenantId ?? null, wallNow: core.clock.now(), examples: maxExamples };
  const checks: AuditCheck[] = [];
  for (const invariant of [...invariants, ...divisionInvariants, ...planInvariants, ...payoutInvariants]) {
    const { rows, examples } = await selectBreaches(core.database, invariant, scope);
    checks.push({ id: invariant.id, about: invariant.about, ok: rows === 0, rows, examples });
  }
  checks.push(...(await checkBook(core, scope.tenantId)));
  checks.push(await searchCardNumbers(core, scope.tenantId));
  return { ok: checks.every((check) => check.ok), checks };
}

/** One check where the processors' own book can be read, none where it cannot. */
async function checkBook(core: AuditMeans, tenantId: TenantId | null): Promise<AuditCheck[]> {
  const readBook = core.processors?.readBook;
  if (readBook === undefined) return [];
  const breaches = await compareBook(core.database, readBook, tenantId);
  if (breaches === undefined) return [];
  return [
    {
      id: 'I6-book',
      about: "our books and the processors' own say the same, both ways",
      ok: breaches.length === 0,
      rows: breaches.length,
      examples: breaches.slice(0, maxExamples),
    },
  ];
}

async function searchCardNumbers(
  core: Pick<Core, 'database'>,
  tenantId: TenantId | null,
): Promise<AuditCheck> {
  const texts = await selectFreeText(core.database, tenantId, maxTexts);
  const found = texts.filter(({ text }) => findCardNumbers(text).length > 0);
  return {
    id: 'I14',
    about: 'no card number stands anywhere',
    ok: found.length === 0,
    rows: found.length,
    examples: found.slice(0, maxExamples).map(({ id }) => ({ tenantId: (tenantId ?? '') as TenantId, id })),
  };
}
