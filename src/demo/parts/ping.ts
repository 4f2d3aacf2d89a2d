import { createCredential } from '../../core/tenants/create-credential.ts';
import type { CredentialId } from '../../kit/ids.ts';
import { demoId, demoSecret } from '../derive.ts';
import type { DemoPart } from '../part.ts';

export const part: DemoPart = {
  seed: async (core, { tenant, merchantId }) => {
    const secret = demoSecret(tenant.name, 'ping');
    await createCredential(core, tenant, {
      id: demoId(tenant.name, 'ping') as CredentialId,
      facade: 'ping',
      lookup: tenant.id,
      secret,
      label: 'demo',
    });
    return {
      ping: {
        base: `${core.publicUrl}/api/v1`,
        headers: { tenant_id: tenant.id, 'x-api-secret': secret },
        merchantId,
      },
    };
  },
};
