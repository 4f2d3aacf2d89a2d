import type { Queryable } from '#db/database.ts';
import type { MerchantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Merchant, MerchantStatus } from './merchant.ts';
import { insertMerchant } from './store.ts';

export interface NewMerchant {
  readonly name: string;
  readonly organisationNumber: string | null;
  /** Without it the tenant vouches for the merchant. */
  readonly status?: MerchantStatus;
  readonly given?: Readonly<Record<string, unknown>>;
}

/** Adds a merchant to the tenant. Asking again with the same id changes nothing. */
export async function createMerchant(
  core: Pick<Core, 'clock' | 'ids'> & { readonly database: Queryable },
  tenant: Pick<Tenant, 'id'>,
  input: NewMerchant & { id?: MerchantId },
): Promise<Merchant> {
  const merchant: Merchant = {
    id: input.id ?? (core.ids.uuid() as MerchantId),
    tenantId: tenant.id,
    name: input.name,
    organisationNumber: input.organisationNumber,
    status: input.status ?? 'approved',
    given: input.given ?? {},
    version: 1,
    createdAt: core.clock.now(),
  };
  await insertMerchant(core.database, merchant);
  return merchant;
}
