import type { Queryable } from '#db/database.ts';
import type { ConnectorAccount } from '#kit/connector.ts';
import { CoreError } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { selectConnectorAccount, upsertConnectorAccount } from './store.ts';

type Means = Pick<Core, 'clock' | 'keyring'> & { readonly database: Queryable };

/** Keeps a tenant's account at a processor, sealed so that it opens only for this tenant and processor. */
export async function putConnectorAccount(
  core: Means,
  tenantId: TenantId,
  connector: string,
  account: ConnectorAccount,
): Promise<void> {
  const accountSealed = core.keyring.seal(
    Buffer.from(JSON.stringify(account)),
    contextOf(tenantId, connector),
  );
  await upsertConnectorAccount(core.database, { tenantId, connector, accountSealed, at: core.clock.now() });
}

/** The account, or a `operation_forbidden` that says what is missing. */
export async function readConnectorAccount(
  core: Means,
  tenantId: TenantId,
  connector: string,
): Promise<ConnectorAccount> {
  const account = await findConnectorAccount(core, tenantId, connector);
  if (account === undefined)
    throw new CoreError('operation_forbidden', `No account at ${connector} is set up.`);
  return account;
}

/** The account, where one is set up. */
export async function findConnectorAccount(
  core: Means,
  tenantId: TenantId,
  connector: string,
): Promise<ConnectorAccount | undefined> {
  const sealed = await selectConnectorAccount(core.database, tenantId, connector);
  if (sealed === undefined) return undefined;
  return JSON.parse(core.keyring.open(sealed, contextOf(tenantId, connector)).toString()) as ConnectorAccount;
}

/** What an account is sealed as. */
export function contextOf(tenantId: TenantId, connector: string): string {
  return `connector-account:${tenantId}:${connector}`;
}
