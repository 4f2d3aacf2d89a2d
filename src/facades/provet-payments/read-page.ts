/** Rows of a list that asks for no page: the vendor's lists have none, and a client's payments are soon this many. */
const maxRows = 1_000;

/** `page` counts from 1. The schema has let whole numbers through. */
export function readPage(query: Readonly<Record<string, string>>): { offset: number; limit: number } {
  const limit = Math.min(Number(query.pageSize ?? maxRows), maxRows);
  return { offset: (Number(query.page ?? 1) - 1) * limit, limit };
}
