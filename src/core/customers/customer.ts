import type { CustomerId, TenantId } from '#kit/ids.ts';

/** A person who pays. Personal data stands here and nowhere else. */
export interface Customer {
  readonly id: CustomerId;
  readonly tenantId: TenantId;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly reference: string | null;
  readonly createdAt: Date;
}
