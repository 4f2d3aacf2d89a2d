import { bankingDayAfter, bankingZone } from '#kit/banking-days.ts';
import { atTime, localDate } from '#kit/calendar.ts';
import { later } from '#kit/clock.ts';
import type { Handover } from '#kit/rail.ts';
import type { Core } from '../core.ts';
import { withAttempts } from '../payouts/hold-payout.ts';
import { holdPayouts } from '../payouts/hold-payouts.ts';
import { movePayouts } from '../payouts/move-payouts.ts';
import type { HeldPayout } from '../payouts/payout.ts';
import { peekTenant } from '../tenants/read-tenant.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { PayoutFile } from './file.ts';
import { lockFile, selectRequestedOf, updateFile } from './store.ts';

/** How long until a file whose handover is not known is handed over again. */
const retryMs = 2_000;

/** When a bank credits its customers on the day an ACH entry takes effect, in bank time (Nacha: by nine). */
const achCreditTime = '08:30';

/** When what was posted counts as delivered: the next banking day, in bank time. */
const deliveredTime = '09:00';

/**
 * Writes down how a file's handover ended. Accepted: its payouts are sent. Refused: they stay where they are, and a person
 * has to look. Unknown: it is handed over again, the same file under the same id. A second report changes nothing.
 */
export async function recordFiling(core: Core, file: PayoutFile, handover: Handover): Promise<void> {
  await core.database.transaction(async (transaction) => {
    // Payouts before files everywhere: whoever voids one has its row first.
    const ids = await selectRequestedOf(transaction, file);
    const payouts = await holdPayouts(transaction, file.tenantId, ids);
    const present = await lockFile(transaction, file);
    if (present?.status !== 'cut') return;
    if (handover === 'unknown')
      return updateFile(transaction, file, {
        status: 'cut',
        acceptedAt: null,
        leaseUntil: later(core.clock.now(), retryMs),
      });
    const tenant = await peekTenant(transaction, file.tenantId);
    const at = businessNow(core.clock, tenant);
    await updateFile(transaction, file, {
      status: handover,
      acceptedAt: handover === 'accepted' ? at : null,
      leaseUntil: null,
    });
    if (handover === 'refused') return;
    const held = (await withAttempts(transaction, payouts)).filter((one) => waitsFor(one, file));
    await movePayouts(
      core,
      transaction,
      held.map((one) => ({ held: one, to: 'sent', dueAt: nextAt(one, at), at })),
    );
  });
  core.work.nudge('payouts');
}

function waitsFor({ payout, attempt }: HeldPayout, file: PayoutFile): boolean {
  return payout.status === 'requested' && attempt.fileId === file.id;
}

/** When something is next to be done about it: an ACH entry settles, a check or card arrives. */
function nextAt({ attempt }: HeldPayout, at: Date): Date {
  return attempt.rail === 'ach' && attempt.effectiveDate !== null
    ? atTime(attempt.effectiveDate, achCreditTime, bankingZone)
    : atTime(bankingDayAfter(localDate(at, bankingZone)), deliveredTime, bankingZone);
}
