import { putConnectorAccount } from '../../core/tenants/connector-account.ts';
import type { DemoPart } from '../part.ts';

/** Numbers with the right check digits that lead to nobody's money: the bankgiro and IBAN of published examples. */
const account = {
  bankgiroNumber: '5050-1055',
  iban: 'SE35 5000 0000 0549 1000 0003',
  bic: 'ESSESESS',
  clearingNumber: '5491',
  accountNumber: '0000003',
};

export const part: DemoPart = {
  connectors: { deposit: 'bank' },
  seed: async (core, { tenant }) => {
    await putConnectorAccount(core, tenant.id, 'bank', account);
    return {};
  },
};
