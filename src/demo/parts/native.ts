import { createCredential } from '../../core/tenants/create-credential.ts';
import type { CredentialId } from '../../kit/ids.ts';
import { demoId, demoSecret } from '../derive.ts';
import type { DemoPart } from '../part.ts';

export const part: DemoPart = {
  seed: async (core, { tenant }) => {
    const lookup = demoSecret(tenant.name, 'native lookup')
      .replaceAll(/[^A-Za-z0-9]/g, '')
      .slice(0, 12);
    const secret = demoSecret(tenant.name, 'native');
    await createCredential(core, tenant, {
      id: demoId(tenant.name, 'native') as CredentialId,
      facade: 'native',
      lookup,
      secret,
      label: 'demo',
    });
    return {
      native: {
        base: `${core.publicUrl}/v1`,
        headers: { authorization: `Bearer qk_test_${lookup}_${secret}` },
      },
    };
  },
};
