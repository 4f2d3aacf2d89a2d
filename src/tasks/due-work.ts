import { sealLedger } from '#core/audit/seal-ledger.ts';
import { deliveryRecording } from '#core/callbacks/record-delivery.ts';
import type { Core } from '#core/core.ts';
import { deleteOldRefreshTokens } from '#core/grants/delete-old-refresh-tokens.ts';
import { deleteOldKeys } from '#core/idempotency/delete-old-keys.ts';
import { expireLinks } from '#core/links/expire-links.ts';
import { remindPayers } from '#core/links/remind-payers.ts';
import { claimEndedOperations, claimOperations } from '#core/operations/claim-operations.ts';
import { lapseAuthorisations } from '#core/payments/lapse-authorisations.ts';
import { advanceBatches } from '#core/payout-batches/advance-batches.ts';
import { advancePayouts } from '#core/payouts/advance-payouts.ts';
import { deleteDeadImports } from '#core/practice/delete-dead-imports.ts';
import { rotateSigningKeys } from '#core/signing-keys/rotate-signing-keys.ts';
import { warnOfExpiry } from '#core/subscriptions/warn-of-expiry.ts';
import { deleteOldTokens } from '#core/tenants/delete-old-tokens.ts';
import type { DueWork } from '#jobs/work.ts';
import type { TenantId } from '#kit/ids.ts';
import { chargeDueCycles } from './charge-due-cycles.ts';
import { type CallbackMeans, deliverCallbacks } from './deliver-callbacks.ts';
import { filePayouts, type RailMeans, readPayoutNews } from './rails.ts';
import { type MessageMeans, sendMessages } from './send-messages.ts';

/** Items of one kind taken up at once: few enough to be done within a lease, enough to keep the processors busy. */
const batchSize = 32;

/** All kinds of work that fall due, in the order in which a drain does them. */
export function dueWork(
  core: Core,
  means: CallbackMeans & MessageMeans & { readonly rails: RailMeans },
): DueWork[] {
  const recordDelivery = deliveryRecording(core);
  return [
    { name: 'operations', everyMs: 1_000, run: (tenantId) => resolveOperations(core, tenantId) },
    { name: 'ended-attempts', everyMs: 1_000, run: (tenantId) => endAttempts(core, tenantId) },
    { name: 'links', everyMs: 1_000, run: (tenantId) => expireLinks(core, tenantId) },
    { name: 'cycles', everyMs: 1_000, run: (tenantId) => chargeDueCycles(core, batchSize, tenantId) },
    { name: 'card-expiry', everyMs: 60_000, run: (tenantId) => warnOfExpiry(core, tenantId) },
    { name: 'reminders', everyMs: 1_000, run: (tenantId) => remindPayers(core, tenantId) },
    { name: 'payouts', everyMs: 1_000, run: (tenantId) => advancePayouts(core, tenantId) },
    { name: 'payout-files', everyMs: 1_000, run: (tenantId) => filePayouts(core, means.rails, tenantId) },
    { name: 'payout-news', everyMs: 1_000, run: (tenantId) => readPayoutNews(core, means.rails, tenantId) },
    { name: 'payout-batches', everyMs: 1_000, run: (tenantId) => advanceBatches(core, tenantId) },
    { name: 'authorisations', everyMs: 1_000, run: (tenantId) => lapseAuthorisations(core, tenantId) },
    { name: 'messages', everyMs: 1_000, run: (tenantId) => sendMessages(core, means, batchSize, tenantId) },
    {
      name: 'callbacks',
      everyMs: 500,
      run: (tenantId) => deliverCallbacks(core, { ...means, recordDelivery }, batchSize, tenantId),
    },
    { name: 'ledger', everyMs: 5_000, run: (tenantId) => sealLedger(core, tenantId) },
    { name: 'signing-keys', everyMs: 3_600_000, run: () => rotateSigningKeys(core) },
    { name: 'idempotency-keys', everyMs: 3_600_000, run: () => deleteOldKeys(core) },
    { name: 'dead-imports', everyMs: 600_000, run: () => deleteDeadImports(core) },
    { name: 'access-tokens', everyMs: 3_600_000, run: () => deleteOldTokens(core) },
    { name: 'refresh-tokens', everyMs: 3_600_000, run: () => deleteOldRefreshTokens(core) },
  ];
}

/** Looks after operations whose sender is gone or whose outcome is not known: asks, and sends what was never sent. */
async function resolveOperations(core: Core, tenantId?: TenantId): Promise<number> {
  const operations = await claimOperations(core, batchSize, tenantId);
  await Promise.all(
    operations.map((operation) =>
      operation.wasSent
        ? core.processors.inquire(operation.tenantId, operation.id)
        : core.processors.perform(operation.tenantId, operation.id),
    ),
  );
  return operations.length;
}

/** Asks about attempts whose payer's time is over; what the processor has no record of then is over too. */
async function endAttempts(core: Core, tenantId?: TenantId): Promise<number> {
  const operations = await claimEndedOperations(core, batchSize, tenantId);
  await Promise.all(operations.map((operation) => core.processors.inquire(operation.tenantId, operation.id)));
  return operations.length;
}
