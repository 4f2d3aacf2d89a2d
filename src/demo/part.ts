import type { Core } from '../core/core.ts';
import type { Tenant, TenantSettings } from '../core/tenants/tenant.ts';
import type { MerchantId } from '../kit/ids.ts';

/** What one façade or connector adds to the demo: a file in `parts/`, found by listing. */
export interface DemoPart {
  /** Which connector serves which payment method of the demo's tenants. */
  readonly connectors?: Readonly<Record<string, string>>;
  /** What else the demo's tenants have settled on. */
  readonly settings?: Partial<TenantSettings>;
  /**
   * Makes what a tenant needs, or finds it as it was: the demo starts on the same store again. Answers the part's
   * entries of the tenant in `/demo.json`.
   */
  seed(core: Core, seat: DemoSeat): Promise<Readonly<Record<string, DemoEntry>>>;
}

/** One entry of a tenant in `/demo.json`: where a façade listens, what to send with every request, and what else. */
export interface DemoEntry {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly [more: string]: unknown;
}

/** The tenant that a part adds to. */
export interface DemoSeat {
  readonly tenant: Tenant;
  readonly merchantId: MerchantId;
  readonly simulatorUrl: string;
}
