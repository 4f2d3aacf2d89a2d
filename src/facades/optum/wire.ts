/** What this dialect writes the same everywhere: ids without hyphens, statuses in words run together, addresses. */
import type { Payout, PayoutStatus } from '#core/payouts/payout.ts';
import { notFound } from '#kit/errors.ts';
import { minorToJson } from '#kit/money.ts';

/** Where the API is mounted, without a slash at the end. */
export const prefix = '/api/issue/v1';

export const statuses = {
  created: 'Created',
  held: 'Held',
  loading: 'Loading',
  'documents-generating': 'DocumentsGenerating',
  'remittance-requested': 'RemittanceRequested',
  'documents-distributing': 'DocumentsDistributing',
  'distribution-assigned': 'DistributionAssigned',
  requested: 'Requested',
  sent: 'Sent',
  completed: 'Completed',
  voided: 'Voided',
  reissuing: 'Reissuing',
  failed: 'Failed',
} as const satisfies Record<PayoutStatus, string>;

/** Thirty-two lower-case hexadecimal digits, as seed 003 prints them. */
export function writeId(id: string): string {
  return id.replaceAll('-', '');
}

/** Ours of theirs. What cannot be an id is nobody's: the answer is that to an unknown one. */
export function readId(text: string | undefined, what: string): string {
  const id = toId(text ?? '');
  if (id === undefined) throw notFound(what);
  return id;
}

/** Ours of theirs, where it can be one. */
export function toId(hex: string): string | undefined {
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The Payment object of seed 003, its six members and no others. */
export function writePayment(payout: Payout): Record<string, unknown> {
  return {
    paymentId: writeId(payout.id),
    tenantId: payout.tenantId,
    issuerReferenceId: payout.reference,
    amount: minorToJson(payout.amount),
    status: statuses[payout.status],
    version: 1,
  };
}
