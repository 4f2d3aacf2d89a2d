import { putConnectorAccount } from '../../core/tenants/connector-account.ts';
import type { DemoPart } from '../part.ts';

/** Swish numbers of merchants begin with 123. */
const payeeAliases: Readonly<Record<string, string>> = { 'Demo One': '1231181189', 'Demo Two': '1231181197' };

export const part: DemoPart = {
  connectors: { swish: 'swish' },
  seed: async (core, { tenant, simulatorUrl }) => {
    await putConnectorAccount(core, tenant.id, 'swish', {
      payeeAlias: payeeAliases[tenant.name] ?? '1231181189',
      baseUrl: simulatorUrl,
    });
    return {};
  },
};
