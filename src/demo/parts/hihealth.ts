import { createCredential } from '../../core/tenants/create-credential.ts';
import type { CredentialId } from '../../kit/ids.ts';
import { demoId, demoSecret } from '../derive.ts';
import type { DemoPart } from '../part.ts';

export const part: DemoPart = {
  settings: { keylessHosts: ['exampleshop.com', 'localhost', '127.0.0.1'] },
  seed: async (core, { tenant, merchantId }) => {
    const secret = demoSecret(tenant.name, 'hihealth');
    await createCredential(core, tenant, {
      id: demoId(tenant.name, 'hihealth') as CredentialId,
      facade: 'hihealth',
      lookup: tenant.id,
      secret,
      label: 'demo',
    });
    const base = `${core.publicUrl}/hihealth`;
    return {
      hihealth: {
        base,
        headers: { 'x-api-key': `${tenant.id}.${secret}` },
        merchantId,
        checkout: `${base}/checkout?token=`,
        jwks: `${base}/.well-known/jwks.json`,
        certificate: `${base}/.well-known/callback-certificate.pem`,
      },
    };
  },
};
