import type { ContractSetup } from '../contract-setup.ts';

export const setup: ContractSetup = {
  isOnWire: false,
  account: () => ({
    bankgiroNumber: '5050-1055',
    iban: 'SE35 5000 0000 0549 1000 0003',
    bic: 'ESSESESS',
    clearingNumber: '5491',
    accountNumber: '0000003',
  }),
};
