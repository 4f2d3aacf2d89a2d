/**
 * The chart of accounts, per tenant and currency. Debits are positive: what a processor owes us is an asset with a
 * debit balance, what is owed to a merchant a liability with a credit balance.
 */
export const accounts = {
  /** What the processor has taken from payers and not yet paid out. */
  processor: (connector: string): string => `processor:${connector}`,
  /** What payers have paid for the tenant and its merchants. */
  receipts: 'receipts',
  /** Payments that came twice for one link, until they are given back. */
  overpaid: 'overpaid',
  /** What a recipient is owed of orders that were split, and has not been handed over to be paid. */
  allocated: (recipient: string): string => `allocated:${recipient}`,
  /** What was handed over to be paid to recipients' bank accounts. */
  disbursed: 'disbursed',
  /** The tenant's bank account, as far as deposits into it have been told to us. */
  bank: 'bank',
  /** Deposits of which nobody knows what for. */
  unallocatedDeposits: 'deposits:unallocated',
  /** Deposits for payments that are not completed yet. */
  matchedDeposits: 'deposits:matched',
  /** Deposits beyond what was to be paid, until they are given back. */
  surplusDeposits: 'deposits:surplus',
} as const;
