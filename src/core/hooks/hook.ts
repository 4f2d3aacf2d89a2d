import type { TenantId } from '#kit/ids.ts';

/** What a hook can be rung for: something happened to one of these. */
export const hookTriggers = [
  'client',
  'invoice',
  'invoice-draft',
  'invoicepayment',
  'unallocatedpayment',
  'phonenumber',
] as const;

export type HookTrigger = (typeof hookTriggers)[number];

/** An address that a practice system wants told of one kind of change. */
export interface Hook {
  readonly tenantId: TenantId;
  /** Ours, a whole number. */
  readonly id: bigint;
  /** The façade whose words it is rung in. */
  readonly dialect: string;
  readonly name: string;
  readonly trigger: HookTrigger;
  /** As the tenant gave it; checked each time it is used. */
  readonly url: string;
  /** Only changes of this department ring it; null is all, those of no department included. */
  readonly departmentId: bigint | null;
  readonly contentType: 'form' | 'json';
  readonly active: boolean;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** What a tenant says of a hook. */
export type HookFields = Pick<Hook, 'name' | 'trigger' | 'url' | 'departmentId' | 'contentType' | 'active'>;

/** What an event of a rung hook carries. */
export interface HookNews {
  readonly trigger: HookTrigger;
  /** Of the object that changed, as text. */
  readonly objectId: string;
  readonly contentType: Hook['contentType'];
}
