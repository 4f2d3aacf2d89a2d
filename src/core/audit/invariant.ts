/**
 * An invariant of the books: a query that must answer no row; a row is what breaks it. `$1` is a tenant, or null for all
 * of them; `$2` is the wall time.
 */
export interface Invariant {
  readonly id: string;
  readonly about: string;
  readonly sql: string;
}

/** Rows of the tenant that is looked at, or of all. */
export const mine = (alias: string): string => `($1::uuid is null or ${alias}.tenant_id = $1)`;
