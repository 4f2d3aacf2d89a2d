import { bankingZone } from '#kit/banking-days.ts';
import { localDate, localTime } from '#kit/calendar.ts';
import { later } from '#kit/clock.ts';
import type { RailAccount, RailEntry } from '#kit/rail.ts';
import type { Core } from '../core.ts';
import type { PayoutAccount } from '../payout-accounts/account.ts';
import { holdPayoutAccount } from '../payout-accounts/hold-account.ts';
import { openBankNumber } from '../payout-accounts/open-account.ts';
import { openPayeeNumber } from '../payouts/payee-number.ts';
import type { PayoutFileId } from '../payouts/payout.ts';
import { peekTenant } from '../tenants/read-tenant.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { FilingDue, PayoutFile } from './file.ts';
import { sealContent } from './seal-content.ts';
import { countFilesOfDay, type FilableRow, insertFile, lockFilable, selectDueFilings } from './store.ts';

/** Entries of one file: as many as a bank's gateway takes in one go. */
const maxEntries = 5_000;

/** The most that the totals of one ACH file can say: they have twelve digits. */
const maxTotalCents = 999_999_999_999n;

/** Accounts that have something to file now, in their tenant's time. */
export async function findDueFilings(
  core: Pick<Core, 'database' | 'clock'>,
  limit: number,
  tenantId?: FilingDue['tenantId'],
): Promise<FilingDue[]> {
  return selectDueFilings(core.database, { wallNow: core.clock.now(), limit, tenantId: tenantId ?? null });
}

/**
 * Writes one file of what is due of an account: payouts to be issued, and instruments to be taken back. File and the mark
 * on each entry are one transaction, so that no entry is in two files and none in no file. Undefined where another
 * process was first. The file is then handed over, as often as that takes, and never written again.
 */
export async function cutFile(core: Core, due: FilingDue): Promise<PayoutFile | undefined> {
  return core.database.transaction(async (transaction) => {
    const tenant = await peekTenant(transaction, due.tenantId);
    const at = businessNow(core.clock, tenant);
    const rows = await lockFilable(transaction, { ...due, now: at, limit: maxEntries });
    const chosen = upToTotal(rows);
    if (chosen.length === 0) return undefined;
    const account = await holdPayoutAccount(transaction, due.tenantId, due.accountId);
    const date = localDate(at, bankingZone);
    const { fileName, content } = core.rails.compose(due.rail, {
      account: toRailAccount(core, account),
      entries: chosen.map((row) => toEntry(core, row)),
      date,
      time: localTime(at, bankingZone),
      ordinal: await countFilesOfDay(transaction, due, date),
    });
    const id = core.ids.uuid() as PayoutFileId;
    const file: PayoutFile = {
      ...due,
      id,
      fileName,
      contentSealed: sealContent(core, { tenantId: due.tenantId, id }, content),
      status: 'cut',
      entries: chosen.length,
      tries: 0,
      createdAt: at,
      acceptedAt: null,
    };
    // Whoever writes it hands it over; should that process die, another may once the lease is over.
    await insertFile(transaction, file, chosen, later(core.clock.now(), core.limits.leaseMs));
    return file;
  });
}

function upToTotal(rows: readonly FilableRow[]): FilableRow[] {
  let total = 0n;
  return rows.filter(({ amount }) => {
    if (total + amount > maxTotalCents) return false;
    total += amount;
    return true;
  });
}

/** The account as its bank knows it. */
export function toRailAccount(core: Pick<Core, 'keyring'>, account: PayoutAccount): RailAccount {
  const { payer, bankName, routingNumber, gatewayUrl, offset } = account.settings;
  return {
    name: payer.name,
    tin: payer.tin,
    bankName,
    routingNumber,
    accountNumber: openBankNumber(core, account),
    gatewayUrl,
    offset,
  };
}

function toEntry(core: Pick<Core, 'keyring'>, row: FilableRow): RailEntry {
  const { payeeDetails } = row.ordered;
  const accountNumber = openPayeeNumber(core, { ...row, id: row.payoutId });
  const { bankAccount } = payeeDetails;
  return {
    kind: row.kind,
    instrument: row.instrument,
    reference: row.reference,
    traceNumber: row.traceNumber,
    amount: row.amount,
    effectiveDate: row.effectiveDate,
    payerName: row.payer.name,
    payerTin: row.payer.tin,
    payeeName: payeeDetails.name,
    ...(bankAccount === undefined || accountNumber === undefined
      ? {}
      : {
          payeeRoutingNumber: bankAccount.routingNumber,
          payeeAccountNumber: accountNumber,
          savings: bankAccount.accountType === 'savings',
        }),
  };
}
