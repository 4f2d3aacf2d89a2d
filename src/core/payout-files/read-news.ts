import { bankingZone } from '#kit/banking-days.ts';
import { localDate } from '#kit/calendar.ts';
import type { TenantId } from '#kit/ids.ts';
import type { RailAccount } from '#kit/rail.ts';
import type { Core } from '../core.ts';
import { findPayoutAccount } from '../payout-accounts/open-account.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { businessNow } from '../tenants/tenant.ts';
import { toRailAccount } from './cut-file.ts';
import type { FilingDue } from './file.ts';
import { selectNewsRead, selectOutstanding } from './news/store.ts';

/** Accounts whose banks may have news for us. */
export async function findOutstanding(
  core: Pick<Core, 'database'>,
  limit: number,
  tenantId?: TenantId,
): Promise<FilingDue[]> {
  return selectOutstanding(core.database, tenantId ?? null, limit);
}

/** Whom to ask for news, from where on, and as of which day. */
export async function prepareNews(
  core: Core,
  due: FilingDue,
): Promise<{ readonly account: RailAccount; readonly after: bigint; readonly date: string } | undefined> {
  const account = await findPayoutAccount(core, due.tenantId, due.accountId);
  if (account === undefined) return undefined;
  const tenant = await readTenant(core, due.tenantId);
  return {
    account: toRailAccount(core, account),
    after: await selectNewsRead(core.database, due),
    date: asOf(businessNow(core.clock, tenant)),
  };
}

/** Entries that take effect today have been credited once the day's first settlement is over, half past eight. */
function asOf(at: Date): string {
  const beforeSettlement = new Date(at.getTime() - settlementMs);
  return localDate(beforeSettlement, bankingZone);
}

/** From midnight to half past eight. */
const settlementMs = 8.5 * 3_600_000;
