import type { ContractSetup } from '../contract-setup.ts';

export const setup: ContractSetup = { isOnWire: false, account: () => ({}) };
