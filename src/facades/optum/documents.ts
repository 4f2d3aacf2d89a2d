import type { Core } from '#core/core.ts';
import { readPayoutFile } from '#core/payout-files/read-file.ts';
import type { Attempt, Payout, PayoutFileId } from '#core/payouts/payout.ts';
import type { PayoutRecord } from '#core/payouts/read-payout.ts';
import type { RailName } from '#kit/rail.ts';

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
  { payout, attempts }: PayoutRecord,
): Promise<PayoutDocument[]> {
  const lists = await Promise.all(attempts.map((attempt) => documentsOf(core, payout, attempt)));
  return lists.flat();
}

async function documentsOf(core: Core, payout: Payout, attempt: Attempt): Promise<PayoutDocument[]> {
  const { documentedAt } = attempt;
  if (documentedAt === null) return [];
  return [...writeRemittance(payout, attempt, documentedAt), ...(await readFiles(core, payout, attempt))];
}

function writeRemittance(payout: Payout, attempt: Attempt, createdAt: Date): PayoutDocument[] {
  if (attempt.remittance === null) return [];
  return [
    {
      type: '835',
      mediaType: 'application/edi-x12',
      fileName: `${fileStem(payout, attempt)}.835`,
      content: Buffer.from(attempt.remittance),
      attempt: attempt.attempt,
      createdAt,
      ordinal: 1,
    },
  ];
}

/** A file's name without what a file system would trip over. */
export function fileStem({ reference }: Payout, { attempt }: Attempt): string {
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
  return Promise.all(
    ids.map(async (id, index) => {
      const file = await readPayoutFile(core, { id: payout.tenantId }, id);
      return {
        ...kind,
        fileName: file.fileName,
        content: Buffer.from(file.content),
        attempt: attempt.attempt,
        createdAt: file.createdAt,
        ordinal: index + 1,
      };
    }),
  );
}
