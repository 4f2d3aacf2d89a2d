import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Id, TenantId } from '#kit/ids.ts';
import {
  type Attempt,
  allows,
  type HeldPayout,
  newAttempt,
  type Payout,
  type PayoutAction,
  type PayoutStatus,
  payoutStatuses,
  require as requireAction,
} from './payout.ts';

/** What may be done in each status, from the text of seed 003 and decision 31, beside the code's own table. */
const allowed = {
  created: [],
  held: ['release', 'decline'],
  loading: ['void'],
  'documents-generating': ['void'],
  'remittance-requested': ['void'],
  'documents-distributing': ['void'],
  'distribution-assigned': ['void'],
  requested: ['void'],
  sent: ['void'],
  completed: ['void'],
  voided: ['reissue'],
  reissuing: ['void'],
  failed: [],
} as const satisfies Record<PayoutStatus, readonly PayoutAction[]>;

const actions = ['release', 'decline', 'void', 'reissue'] as const satisfies readonly PayoutAction[];

const ids = {
  tenantId: '11111111-1111-4111-8111-111111111111' as TenantId,
  payoutId: '22222222-2222-4222-8222-222222222222' as Id<'payout'>,
};

/** A payout of 100.00 in this status; of its attempt nothing has happened but what is said. */
function standing(status: PayoutStatus, happened: Partial<Attempt> = {}): HeldPayout {
  const begun = { ...ids, attempt: 1, accountId: 'a', rail: 'check', amount: 10_000n } as const;
  const attempt = { ...newAttempt({ ...begun, startedAt: new Date(0) }), ...happened };
  return { payout: { status } as Payout, attempt };
}

/** Asserts that the action is refused as a conflict, or is not. */
function assertAllowed(held: HeldPayout, action: PayoutAction, expected: boolean): void {
  const what = `${action} of what is ${held.payout.status}`;
  assert.equal(allows(held, action), expected, what);
  if (expected) assert.doesNotThrow(() => requireAction(held, action), what);
  else assert.throws(() => requireAction(held, action), { code: 'conflict' }, what);
}

describe('a payout', () => {
  for (const status of payoutStatuses) {
    const now: readonly PayoutAction[] = allowed[status];
    it(`that is ${status} allows ${now.join(' and ') || 'nothing'}, and refuses the rest`, () => {
      for (const action of actions) assertAllowed(standing(status), action, now.includes(action));
    });
  }

  it('of which nothing is left is voided in no status, whether it was cleared, voided or both', () => {
    for (const status of payoutStatuses)
      for (const gone of [{ cleared: 10_000n }, { voided: 10_000n }, { cleared: 9_999n, voided: 1n }])
        assertAllowed(standing(status, gone), 'void', false);
  });

  it('of which one cent is left is voided in the nine statuses of the document and in no other', () => {
    const voidable = payoutStatuses.filter((status) => allows(standing(status, { cleared: 9_999n }), 'void'));
    assert.deepEqual(voidable.sort(), [
      'completed',
      'distribution-assigned',
      'documents-distributing',
      'documents-generating',
      'loading',
      'reissuing',
      'remittance-requested',
      'requested',
      'sent',
    ]);
  });

  it('that was declined is not reissued', () => {
    assertAllowed(standing('voided', { voided: 10_000n, declined: true }), 'reissue', false);
  });

  it('whose check is out is not reissued before its stop is, and by ACH need not wait', () => {
    const out = { voided: 10_000n, fileId: ids.payoutId as never, stopAt: new Date(0) };
    assertAllowed(standing('voided', out), 'reissue', false);
    assertAllowed(standing('voided', { ...out, stopFileId: ids.payoutId as never }), 'reissue', true);
    assertAllowed(standing('voided', { ...out, rail: 'ach' }), 'reissue', true);
    assertAllowed(standing('voided', { ...out, rail: 'virtual-card' }), 'reissue', false);
  });
});
