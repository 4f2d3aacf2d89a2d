import type { ConnectorAccount } from '#kit/connector.ts';
import { CoreError } from '#kit/errors.ts';
import type { Core } from '../core.ts';
import type { Customer } from '../customers/customer.ts';
import { readCustomers } from '../customers/read-customers.ts';
import type { DepositReference } from '../deposits/deposit.ts';
import { findReferenceOf } from '../deposits/find-reference.ts';
import { readDepositAccount } from '../tenants/read-deposit-account.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Link } from './link.ts';

/** What a link's invoice says beyond the link. */
export interface Invoice {
  readonly reference: DepositReference;
  /** Where to pay it; no fields where the tenant has given its account up. */
  readonly account: ConnectorAccount;
  readonly customer: Customer | undefined;
}

/** The invoice of a link; `operation_forbidden` while there is none. */
export async function readInvoice(core: Core, tenant: Tenant, link: Link): Promise<Invoice> {
  const reference = link.invoiceCreated
    ? await findReferenceOf(core.database, tenant.id, { linkId: link.id })
    : undefined;
  if (reference === undefined)
    throw new CoreError('operation_forbidden', 'No invoice has been made of this payment link.');
  const [account, customers] = await Promise.all([
    readDepositAccount(core, tenant),
    readCustomers(core.database, tenant.id, [link.customerId]),
  ]);
  return { reference, account, customer: customers.get(link.customerId) };
}
