import type { TenantId } from '#kit/ids.ts';
import type { RailName } from '#kit/rail.ts';
import type { PayoutFileId } from '../payouts/payout.ts';

/** What is handed to a bank, a printer or a card issuer: written down whole before it goes. */
export interface PayoutFile {
  readonly id: PayoutFileId;
  readonly tenantId: TenantId;
  readonly accountId: string;
  readonly rail: RailName;
  readonly status: 'cut' | 'accepted' | 'refused';
  readonly fileName: string;
  /** What it says, sealed; null only of a file from before contents were. */
  readonly contentSealed: string | null;
  readonly entries: number;
  readonly tries: number;
  /** In the tenant's time. */
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
}

/** An account with something to file on one of its rails. */
export interface FilingDue {
  readonly tenantId: TenantId;
  readonly accountId: string;
  readonly rail: RailName;
}
