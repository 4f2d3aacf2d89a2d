import type { Address } from '#core/payouts/order.ts';
import type { TenantId } from '#kit/ids.ts';

/** An account that a payer pays out of. A tenant may have several, each with rules of its own. */
export interface PayoutAccount {
  readonly tenantId: TenantId;
  /** The payer's name for it: letters, digits, `.`, `_` and `-`, at most 64. */
  readonly id: string;
  readonly settings: AccountSettings;
  readonly bankAccountSealed: string;
  /** Whether nothing may be promised that is not there. */
  readonly prefunded: boolean;
  /** US cents that may still be promised to payees; below zero only where the account is funded afterwards. */
  readonly available: bigint;
  readonly createdAt: Date;
}

export interface AccountSettings {
  readonly fundingType: FundingType;
  /** Whether a payout waits to be released (Hold/Release). */
  readonly hold: boolean;
  readonly approval: ApprovalRule;
  /** In whose name it pays where an order names nobody else. */
  readonly payer: Payer;
  readonly bankName: string;
  /** Nine digits. */
  readonly routingNumber: string;
  readonly gatewayUrl: string;
  /** Whether an ACH file also debits the account for its credits (service class 200). */
  readonly offset: boolean;
}

export const fundingTypes = [
  'NoFunding',
  'PreFundedSameDay',
  'PreFundedNextDay',
  'PostFunded',
  'Replenishment',
] as const;

export type FundingType = (typeof fundingTypes)[number];

/** Which of them may promise only what is there. */
export const isPrefunded = {
  NoFunding: false,
  PreFundedSameDay: true,
  PreFundedNextDay: true,
  PostFunded: false,
  Replenishment: true,
} as const satisfies Record<FundingType, boolean>;

/** Who may release what. */
export interface ApprovalRule {
  /** Whether whoever ordered a payout may release it. */
  readonly makerMayRelease: boolean;
  /** From how many cents on how many different approvers are needed. Below the lowest: one. */
  readonly tiers: readonly { readonly fromMinor: number; readonly approvers: number }[];
}

export interface Payer {
  readonly name: string;
  /** Nine digits. */
  readonly tin: string;
  readonly address?: Address;
  readonly contact?: { readonly name: string; readonly phone?: string };
}

/** How many different people must release a payout of this amount. */
export function approversFor({ tiers }: ApprovalRule, amount: bigint): number {
  const reached = tiers.filter(({ fromMinor }) => amount >= BigInt(fromMinor));
  return Math.max(1, ...reached.map(({ approvers }) => approvers));
}

/** How the account's postings are named in the ledger. */
export const fundsAccounts = {
  /** The money at the bank: an asset. */
  bank: (accountId: string): string => `payouts:bank:${accountId}`,
  /** What the payer has there that is promised to nobody. */
  available: (accountId: string): string => `payouts:available:${accountId}`,
  /** What is promised to payees and has not reached them. */
  promised: (accountId: string): string => `payouts:promised:${accountId}`,
} as const;
