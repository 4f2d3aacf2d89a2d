/** Checks: the issued-check file by which a bank knows which checks to pay (positive pay), and which no more. */
import type { Rail } from '#kit/rail.ts';
import { openGateway } from '#kit/rail-gateway.ts';
import { composePositivePay } from './compose-positive-pay.ts';

export const rail: Rail = {
  name: 'check',
  compose: composePositivePay,
  open: (account, network) => openGateway('check', account, network),
};
