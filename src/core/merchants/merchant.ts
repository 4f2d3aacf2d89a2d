import type { MerchantId, TenantId } from '#kit/ids.ts';

/** Whom the tenant takes money for: itself, or a clinic on its platform. */
export interface Merchant {
  readonly id: MerchantId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly organisationNumber: string | null;
  readonly status: MerchantStatus;
  /** As the façade was given it, for the façade to tell again. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly createdAt: Date;
}

/** Whether somebody has looked into who the merchant is. A denied one can be named for no new money. */
export type MerchantStatus = 'created' | 'pending' | 'approved' | 'denied';

/** Which status may follow which: who was denied or approved may be looked into again. */
export const merchantTransitions = {
  created: ['pending', 'approved', 'denied'],
  pending: ['approved', 'denied'],
  approved: ['pending', 'denied'],
  denied: ['pending', 'approved'],
} as const satisfies Record<MerchantStatus, readonly MerchantStatus[]>;
