import { isTimeZone } from '#kit/calendar.ts';
import { invalid } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireBrowserUrl } from './check-urls.ts';
import { holdTenant } from './read-tenant.ts';
import { updateTenant } from './store.ts';
import type { Tenant, TenantSettings } from './tenant.ts';

/** What is absent stays as it is; null takes it away. */
export interface TenantChange {
  readonly name?: string;
  readonly zone?: string;
  readonly organisationNumber?: string | null;
  readonly brand?: BrandChange;
}

export interface BrandChange {
  readonly logoUrl?: string | null;
  readonly colour?: string | null;
}

/** Changes how a tenant looks to payers, and when its days end. */
export async function changeTenant(
  core: Core,
  call: Call,
  change: TenantChange,
): Promise<Answer<{ tenantId: TenantId }>> {
  if (change.zone !== undefined && !isTimeZone(change.zone))
    throw invalid('zone', 'invalid_format', `There is no time zone ${change.zone}.`);
  const logoUrl = change.brand?.logoUrl;
  if (typeof logoUrl === 'string') requireBrowserUrl(call.tenant, 'brand.logoUrl', logoUrl);
  return runOnce(core, call, async (transaction) => {
    const tenant = await holdTenant(transaction, call.tenant.id);
    await updateTenant(transaction, {
      id: tenant.id,
      name: change.name ?? tenant.name,
      zone: change.zone ?? tenant.zone,
      settings: changeSettings(tenant, change),
    });
    return { tenantId: tenant.id };
  });
}

function changeSettings({ settings }: Tenant, change: TenantChange): TenantSettings {
  const { organisationNumber: presentNumber, brand: present, ...others } = settings;
  const organisationNumber = settle(presentNumber, change.organisationNumber);
  const logoUrl = settle(present?.logoUrl, change.brand?.logoUrl);
  const colour = settle(present?.colour, change.brand?.colour);
  return {
    ...others,
    ...(organisationNumber === undefined ? {} : { organisationNumber }),
    brand: { ...(logoUrl === undefined ? {} : { logoUrl }), ...(colour === undefined ? {} : { colour }) },
  };
}

function settle(present: string | undefined, change: string | null | undefined): string | undefined {
  return change === undefined ? present : (change ?? undefined);
}
