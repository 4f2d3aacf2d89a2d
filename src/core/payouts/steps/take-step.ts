import type { Transaction } from '#db/database.ts';
import type { Core } from '../../core.ts';
import { findPayoutAccount } from '../../payout-accounts/open-account.ts';
import type { Tenant } from '../../tenants/tenant.ts';
import { type PayoutMove, toHeld } from '../move-payouts.ts';
import type { HeldPayout, PayoutStatus } from '../payout.ts';
import { assignInstruments } from './assign-instruments.ts';
import { fund } from './fund.ts';
import { complete, voidStale } from './outlive.ts';
import { writeDocuments } from './write-documents.ts';

/** What a step is taken with. */
export interface StepMeans {
  readonly core: Core;
  readonly transaction: Transaction;
  readonly tenant: Tenant;
  /** The tenant's time. */
  readonly at: Date;
}

/** Moves for payouts of one account that are all in one status. One left out stays, and waits for somebody. */
export type Step = (means: StepMeans, group: readonly HeldPayout[]) => Promise<PayoutMove[]>;

/** What each status does by itself once it is due. The whole life of a payout, read from top to bottom. */
const steps = {
  created: begin,
  held: rest,
  loading: fund,
  'documents-generating': writeDocuments,
  'remittance-requested': goOn('documents-distributing'),
  'documents-distributing': assignInstruments,
  'distribution-assigned': request,
  requested: rest,
  sent: complete,
  completed: voidStale,
  voided: rest,
  reissuing: goOn('loading'),
  failed: rest,
} as const satisfies Record<PayoutStatus, Step>;

/** One step of payouts of one account, whatever status each is in. */
export async function takeStep(means: StepMeans, group: readonly HeldPayout[]): Promise<PayoutMove[]> {
  const moves: PayoutMove[] = [];
  for (const [status, held] of Map.groupBy(group, ({ payout }) => payout.status))
    moves.push(...(await steps[status](means, held)));
  return moves;
}

/** A payout goes on, or waits to be released where its account has come to hold since it was ordered (Hold/Release). */
async function begin({ transaction, at }: StepMeans, group: readonly HeldPayout[]): Promise<PayoutMove[]> {
  const [first] = group;
  if (first === undefined) return [];
  const { tenantId, accountId } = first.payout;
  const account = await findPayoutAccount({ database: transaction }, tenantId, accountId);
  return group.map((held) =>
    account?.settings.hold === true ? toHeld(held, at) : { held, to: 'loading', dueAt: at, at },
  );
}

/** Asked for: it waits for the file in which it goes. */
async function request({ at }: StepMeans, group: readonly HeldPayout[]): Promise<PayoutMove[]> {
  return group.map((held) => ({ held, to: 'requested', dueAt: held.attempt.cutAt, at }));
}

async function rest(): Promise<PayoutMove[]> {
  return [];
}

function goOn(to: PayoutStatus): Step {
  return async ({ at }, group) => group.map((held) => ({ held, to, dueAt: at, at }));
}
