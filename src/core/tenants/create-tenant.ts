import type { Queryable } from '#db/database.ts';
import { isTimeZone } from '#kit/calendar.ts';
import { invalid } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { insertTenant, selectTenant } from './store.ts';
import type { Mode, Tenant, TenantSettings } from './tenant.ts';

export interface NewTenant {
  /** Given where the caller must know it beforehand (demo data); else made. */
  readonly id?: TenantId;
  /** The organisation whose other book (live or test) this one stands beside; absent for a new organisation. */
  readonly organisationId?: string;
  readonly name: string;
  readonly mode: Mode;
  readonly country: string;
  readonly zone: string;
  readonly settings: TenantSettings;
}

/** Opens a book. Asking again with the same id changes nothing and answers what is there. */
export async function createTenant(
  core: Pick<Core, 'clock' | 'ids'> & { readonly database: Queryable },
  input: NewTenant,
): Promise<Tenant> {
  if (!isTimeZone(input.zone))
    throw invalid('zone', 'invalid_format', `There is no time zone ${input.zone}.`);
  if (!/^[A-Z]{2}$/.test(input.country))
    throw invalid('country', 'invalid_format', 'A country is two capital letters.');
  const id = input.id ?? (core.ids.uuid() as TenantId);
  const tenant: Tenant = {
    id,
    organisationId: input.organisationId ?? core.ids.uuid(),
    name: input.name,
    mode: input.mode,
    country: input.country,
    zone: input.zone,
    clockOffsetMs: 0,
    settings: input.settings,
    callbackPublicKey: null,
  };
  await insertTenant(core.database, tenant, core.clock.now());
  return (await selectTenant(core.database, id)) ?? tenant;
}
