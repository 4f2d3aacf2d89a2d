import type { MerchantId, TenantId } from '#kit/ids.ts';

/** Whom the tenant takes money for: itself, or a clinic on its platform. */
export interface Merchant {
  readonly id: MerchantId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly organisationNumber: string | null;
  readonly createdAt: Date;
}
