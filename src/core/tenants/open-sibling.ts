import { CoreError } from '#kit/errors.ts';
import type { CredentialId, TenantId } from '#kit/ids.ts';
import type { Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { generateCallbackKey } from './callback-key.ts';
import { createCredential, type NewCredential } from './create-credential.ts';
import { createTenant } from './create-tenant.ts';
import type { Issued } from './issue-credential.ts';
import type { Mode, TenantSettings } from './tenant.ts';

export interface SiblingInput {
  readonly name: string;
  readonly mode: Mode;
  readonly country: string;
  readonly zone: string;
  /** The façade and lookup of the first credential, with which the rest is set up. */
  readonly credential: Pick<NewCredential, 'facade' | 'lookup'>;
}

/**
 * Opens another book of the caller's organisation, with a signing key and a first credential. It takes over how the
 * caller's book looks; which connectors serve it only where both are test books: a live book pays through nobody until
 * its accounts are set up. Where live books are not allowed: `operation_forbidden`.
 */
export async function openSibling(
  core: Core,
  call: Call,
  input: SiblingInput,
): Promise<Issued<{ tenantId: TenantId; credentialId: CredentialId }>> {
  if (input.mode === 'live' && !core.allowsLive)
    throw new CoreError('operation_forbidden', 'This is a demo: live tenants are not kept here.');
  let secret: string | null = null;
  const answer = await runOnce(core, call, async (transaction) => {
    const inside = { ...core, database: transaction };
    const tenant = await createTenant(inside, {
      organisationId: call.tenant.organisationId,
      name: input.name,
      mode: input.mode,
      country: input.country,
      zone: input.zone,
      settings: settingsFor(input.mode, call),
    });
    await generateCallbackKey(inside, tenant.id);
    const made = await createCredential(inside, tenant, input.credential);
    secret = made.secret;
    return { tenantId: tenant.id, credentialId: made.credential.id };
  });
  return { ...answer, secret: answer.replayed ? null : secret };
}

function settingsFor(mode: Mode, { tenant }: Call): TenantSettings {
  if (mode === 'test' && tenant.mode === 'test') return tenant.settings;
  const {
    connectors: _connectors,
    requestsPerMinute: _limit,
    routeRateFactor: _factor,
    ...look
  } = tenant.settings;
  return { ...look, connectors: {} };
}
