import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { generateCallbackKey } from './callback-key.ts';
import { createCredential } from './create-credential.ts';
import { createTenant } from './create-tenant.ts';
import type { Mode } from './tenant.ts';

export interface OrganisationInput {
  readonly name: string;
  readonly mode: Mode;
  readonly country: string;
  readonly zone: string;
}

/**
 * Opens the first book of a new organisation, with a signing key and a native credential, by which everything else is
 * set up. For whoever runs the installation: no request can do this. The secret is answered here, once.
 */
export async function openOrganisation(
  core: Pick<Core, 'database' | 'clock' | 'ids' | 'keyring' | 'pepper'>,
  input: OrganisationInput,
): Promise<{ tenantId: TenantId; lookup: string; secret: string }> {
  return core.database.transaction(async (transaction) => {
    const inside = { ...core, database: transaction };
    const tenant = await createTenant(inside, { ...input, settings: { connectors: {} } });
    await generateCallbackKey(inside, tenant.id);
    const lookup = core.ids.reference();
    const { secret } = await createCredential(inside, tenant, {
      facade: 'native',
      lookup,
      label: 'first key',
    });
    return { tenantId: tenant.id, lookup, secret };
  });
}
