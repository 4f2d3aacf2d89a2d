/** The book the crash tests keep: pairs of rows that must stand or fall together, in two tables. */
export const tables = `
  create table if not exists debits (id bigint primary key, word text not null);
  create table if not exists credits (id bigint primary key, word text not null)`;

/** Wide enough that a few hundred rows touch many pages. */
export function wordOf(id: number): string {
  return `${id}-`.repeat(40);
}

/** What a reopened store holds. */
export interface Found {
  readonly debits: readonly string[];
  readonly credits: readonly string[];
  /** Rows whose content is not what was written. */
  readonly damaged: number;
}
