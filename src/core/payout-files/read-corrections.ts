import type { Core } from '../core.ts';
import type { Payout } from '../payouts/payout.ts';
import { selectCorrections } from './news/store.ts';

/** What a payee's bank asks to have written differently next time (a notification of change). */
export interface Correction {
  readonly attempt: number;
  /** `C01` to `C14`: what is wrong. */
  readonly code: string;
  /** The end of what is right: of an account number no more is ever shown. */
  readonly correctedLast4: string;
  readonly at: Date;
}

/** The notifications of change that came for a payout, in their order. */
export async function readCorrections(
  core: Pick<Core, 'database'>,
  payout: Pick<Payout, 'tenantId' | 'id'>,
): Promise<Correction[]> {
  return selectCorrections(core.database, payout);
}
