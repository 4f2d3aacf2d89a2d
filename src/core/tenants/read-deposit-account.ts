import type { ConnectorAccount } from '#kit/connector.ts';
import type { Core } from '../core.ts';
import { depositMethod } from '../payments/payment.ts';
import { findConnectorAccount } from './connector-account.ts';
import type { Tenant } from './tenant.ts';

/** The account payers transfer to; no fields where the tenant has none. */
export async function readDepositAccount(
  core: Pick<Core, 'database' | 'clock' | 'keyring'>,
  tenant: Pick<Tenant, 'id' | 'settings'>,
): Promise<ConnectorAccount> {
  const connector = tenant.settings.connectors[depositMethod];
  if (connector === undefined) return {};
  return (await findConnectorAccount(core, tenant.id, connector)) ?? {};
}
