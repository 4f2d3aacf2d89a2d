/** What Ping's "Mimic" API does in its sandbox, for test tenants: the payer's bank, played by whoever asks (facts A9). */
import type { Route } from '../../http/facade.ts';
import { postMimicDeposit } from './deposit-operations.ts';
import * as shapes from './deposit-schemas.ts';

export const mimicRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/mimic/api/deposit_payment',
    summary: 'Play the bank: have a deposit come in (test tenants)',
    body: shapes.mimicDeposit,
    status: 204,
    handle: postMimicDeposit,
  },
];
