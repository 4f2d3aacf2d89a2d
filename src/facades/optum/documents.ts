import type { Core } from '#core/core.ts';
import { findPayoutAccount, openBankNumber } from '#core/payout-accounts/open-account.ts';
import { readPayoutFile } from '#core/payout-files/read-file.ts';
import { openContent } from '#core/payout-files/seal-content.ts';
import type { Attempt, Payout, PayoutFileId } from '#core/payouts/payout.ts';
import type { PayoutRecord } from '#core/payouts/read-payout.ts';
import { openRemittance } from '#core/payouts/remittance/seal-remittance.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import type { RailName } from '#kit/rail.ts';
import { renderCheck } from '#web/payouts/render-check.ts';
import { renderEop } from '#web/payouts/render-eop.ts';
import { type DrawnOn, toPaperView } from './paper-view.ts';

/** One document of a payment: the same bytes whenever somebody asks. */
export interface PayoutDocument {
  readonly type: 'EOP' | '835' | 'CHECK' | 'NACHA' | 'POSITIVE_PAY';
  readonly mediaType: string;
  readonly fileName: string;
  readonly content: Buffer;
  readonly attempt: number;
  readonly createdAt: Date;
  /** Tells two of one type apart: the file in which a payment went, and that of its reversal. */
  readonly ordinal: number;
}

/** Names a document within its payment. */
export function documentId({ type, attempt, ordinal }: PayoutDocument): string {
  const name = type.toLowerCase().replaceAll('_', '-');
  return ordinal === 1 ? `${name}-${attempt}` : `${name}-${attempt}-${ordinal}`;
}

/** Everything there is on paper about a payment, oldest attempt first. */
export async function readDocuments(
  core: Core,
  tenant: Pick<Tenant, 'mode'>,
  { payout, attempts }: PayoutRecord,
): Promise<PayoutDocument[]> {
  const account = await findPayoutAccount(core, payout.tenantId, payout.accountId);
  if (account === undefined) return [];
  const { bankName, routingNumber } = account.settings;
  const accountNumber = openBankNumber(core, account);
  const bank = { bankName, routingNumber, accountNumber, isTest: tenant.mode === 'test' };
  const lists = await Promise.all(attempts.map((attempt) => documentsOf(core, payout, attempt, bank)));
  return lists.flat();
}

async function documentsOf(
  core: Core,
  payout: Payout,
  attempt: Attempt,
  bank: DrawnOn,
): Promise<PayoutDocument[]> {
  const { documentedAt } = attempt;
  if (documentedAt === null) return [];
  return [
    ...(await writePapers(payout, attempt, bank, documentedAt)),
    ...showRemittance(core, payout, attempt, documentedAt),
    ...(await readFiles(core, payout, attempt)),
  ];
}

/** The explanation of payment, and the check where it is paid by one. */
async function writePapers(
  payout: Payout,
  attempt: Attempt,
  bank: DrawnOn,
  createdAt: Date,
): Promise<PayoutDocument[]> {
  const view = toPaperView(payout, attempt, bank, createdAt);
  const stem = fileStem(payout, attempt);
  const shared = { mediaType: 'application/pdf', attempt: attempt.attempt, createdAt, ordinal: 1 };
  const eop = await renderEop(view);
  const papers: PayoutDocument[] = [{ ...shared, type: 'EOP', fileName: `${stem}-eop.pdf`, content: eop }];
  if (attempt.rail !== 'check') return papers;
  const check = await renderCheck(view);
  return [...papers, { ...shared, type: 'CHECK', fileName: `${stem}-check.pdf`, content: check }];
}

function showRemittance(core: Core, payout: Payout, attempt: Attempt, createdAt: Date): PayoutDocument[] {
  const remittance = openRemittance(core, attempt);
  if (remittance === undefined) return [];
  return [
    {
      type: '835',
      mediaType: 'application/edi-x12',
      fileName: `${fileStem(payout, attempt)}.835`,
      content: Buffer.from(remittance),
      attempt: attempt.attempt,
      createdAt,
      ordinal: 1,
    },
  ];
}

/** A file's name without what a file system would trip over. */
function fileStem({ reference }: Payout, { attempt }: Attempt): string {
  const safe = reference.replaceAll('/', '_');
  return attempt === 1 ? safe : `${safe}-${attempt}`;
}

/** What a file of each rail is called as a document; card orders are none: they say nothing a payment's owner lacks. */
const fileTypes = {
  ach: { type: 'NACHA', mediaType: 'text/plain; charset=us-ascii' },
  check: { type: 'POSITIVE_PAY', mediaType: 'text/csv; charset=us-ascii' },
  'virtual-card': undefined,
} as const satisfies Record<
  RailName,
  { readonly type: PayoutDocument['type']; readonly mediaType: string } | undefined
>;

async function readFiles(core: Core, payout: Payout, attempt: Attempt): Promise<PayoutDocument[]> {
  const kind = fileTypes[attempt.rail];
  if (kind === undefined) return [];
  const ids = [attempt.fileId, attempt.stopFileId].filter((id): id is PayoutFileId => id !== null);
  const files = await Promise.all(ids.map((id) => readPayoutFile(core, { id: payout.tenantId }, id)));
  return files.flatMap((file, index) => {
    const content = openContent(core, file);
    if (content === undefined) return [];
    return {
      ...kind,
      fileName: file.fileName,
      content: Buffer.from(content),
      attempt: attempt.attempt,
      createdAt: file.createdAt,
      ordinal: index + 1,
    };
  });
}
