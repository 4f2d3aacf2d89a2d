import type { ConnectorAccount } from '#kit/connector.ts';
import { CoreError } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { selectConnectorAccount, upsertConnectorAccount } from './store.ts';

type Means = Pick<Core, 'database' | 'clock' | 'keyring'>;

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
  const sealed = await selectConnectorAccount(core.database, tenantId, connector);
  if (sealed === undefined)
    throw new CoreError('operation_forbidden', `No account at ${connector} is set up.`);
  return JSON.parse(core.keyring.open(sealed, contextOf(tenantId, connector)).toString()) as ConnectorAccount;
}

function contextOf(tenantId: TenantId, connector: string): string {
  return `connector-account:${tenantId}:${connector}`;
}
