import type { Currency } from '#kit/currency.ts';
import type { TenantId } from '#kit/ids.ts';

/** What a practice system keeps that its payment links point at. */
export const practiceKinds = [
  'department',
  'user',
  'client',
  'phonenumber',
  'paymentmethod',
  'invoice',
] as const;

export type PracticeKind = (typeof practiceKinds)[number];

export interface PracticeObject<Kind extends PracticeKind = PracticeKind> {
  readonly tenantId: TenantId;
  /** Ours, a whole number. */
  readonly id: bigint;
  readonly kind: Kind;
  /** The practice system's. */
  readonly externalId: string;
  readonly fields: PracticeFields[Kind];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** What is kept of each kind. Ids of others are ours, as text. */
export interface PracticeFields {
  readonly department: {
    readonly name: string;
    readonly currency: Currency;
    /** Whether its payments may go by payment links. */
    readonly allowsLinks: boolean;
  };
  readonly user: { readonly username: string; readonly firstName: string; readonly lastName: string };
  readonly client: {
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string | null;
    readonly homeDepartmentId: string | null;
  };
  readonly phonenumber: {
    readonly clientId: string;
    readonly number: string;
    readonly description: string;
    readonly preferred: boolean;
  };
  readonly paymentmethod: { readonly name: string };
  readonly invoice: {
    readonly number: string | null;
    /** 0 draft, 1 sent, 2 open, 3 finalised, 4 invoicing, 99 voided. */
    readonly status: number;
    readonly clientId: string;
    readonly departmentId: string;
    readonly currency: Currency;
    /** Minor units. */
    readonly totalMinor: number;
    /** Minor units that were unpaid when it was imported. */
    readonly dueMinor: number;
  };
}

/** Invoices that are still being written. */
export const draft = 0;

/** The only invoices that can be paid. */
export const finalised = 3;

/** The external id of the way to pay that payment links are; every import keeps it there. */
export const linkMethod = 'provet-pay';
