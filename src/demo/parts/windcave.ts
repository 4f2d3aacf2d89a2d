import { createHash } from 'node:crypto';
import { putConnectorAccount } from '../../core/tenants/connector-account.ts';
import { demoSecret } from '../derive.ts';
import type { DemoPart } from '../part.ts';

export const part: DemoPart = {
  connectors: { card: 'windcave', dummy: 'dummy' },
  seed: async (core, { tenant, simulatorUrl }) => {
    const stem = tenant.name.replaceAll(' ', '');
    await putConnectorAccount(core, tenant.id, 'windcave', {
      pxPayUserId: `${stem}_PxPay`,
      pxPayKey: createHash('sha256').update(`${tenant.name} pxpay`).digest('hex'),
      postUsername: `${stem}_PxPost`,
      postPassword: demoSecret(tenant.name, 'pxpost').slice(0, 24),
      baseUrl: simulatorUrl,
    });
    return {};
  },
};
