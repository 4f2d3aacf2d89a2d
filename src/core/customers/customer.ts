import type { CustomerId, TenantId } from '#kit/ids.ts';

/** A person who pays. Personal data stands here and nowhere else. */
export interface Customer {
  readonly id: CustomerId;
  readonly tenantId: TenantId;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  /** E.164, or as it was given where the dialect takes any telephone number. */
  readonly phone: string | null;
  readonly reference: string | null;
  /** Names of the tenant's dialect to what was given; the core only carries it. */
  readonly address?: Readonly<Record<string, string>> | null;
  readonly createdAt: Date;
}
