import { createCredential } from '../../core/tenants/create-credential.ts';
import type { CredentialId } from '../../kit/ids.ts';
import { demoId, demoSecret } from '../derive.ts';
import type { DemoPart } from '../part.ts';

export const part: DemoPart = {
  seed: async (core, { tenant }) => {
    const keyOf = async (facade: string): Promise<string> => {
      const secret = demoSecret(tenant.name, facade);
      await createCredential(core, tenant, {
        id: demoId(tenant.name, facade) as CredentialId,
        facade,
        lookup: tenant.id,
        secret,
        label: 'demo',
      });
      return `test_${tenant.id}_${secret}`;
    };
    const keys = `${await keyOf('provet-payments-software')}:${await keyOf('provet-payments')}`;
    return {
      provetPayments: {
        base: `${core.publicUrl}/api/1.0`,
        headers: { authorization: `Basic ${Buffer.from(keys).toString('base64')}` },
      },
    };
  },
};
