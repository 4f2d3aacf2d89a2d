import type { Queryable } from '#db/database.ts';
import type { MerchantId, TenantId } from '#kit/ids.ts';
import { selectKnownMerchants } from './store.ts';

/** A merchant as a tenant names it. */
export interface NamedMerchant {
  readonly tenantId: TenantId;
  readonly id: MerchantId;
}

/** Answers which of the merchants named are their tenant's own. */
export async function knownMerchants(
  queryable: Queryable,
  named: readonly NamedMerchant[],
): Promise<(one: NamedMerchant) => boolean> {
  const rows = named.length === 0 ? [] : await selectKnownMerchants(queryable, named);
  const known = new Set(rows.map(keyOf));
  return (one) => known.has(keyOf(one));
}

function keyOf({ tenantId, id }: NamedMerchant): string {
  return `${tenantId}:${id}`;
}
