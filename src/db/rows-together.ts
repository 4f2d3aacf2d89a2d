import type { Columns, Numbered } from './database.ts';

/** A statement over rows that is about to be sent, with the rows that came together for it. */
export interface RowsTogether {
  readonly sql: string;
  readonly name: string;
  readonly columns: unknown[][];
  /** Whose rows are answered, and where theirs begin. Nobody's, where it is a write. */
  readonly askers: Asker[];
}

interface Asker {
  readonly start: number;
  readonly count: number;
  resolve(rows: readonly Numbered[]): void;
  reject(error: unknown): void;
}

/** The statement without rows yet; it takes as many columns as these are. */
export function startTogether(sql: string, columns: Columns, name: string): RowsTogether {
  return { sql, name, columns: columns.map(() => []), askers: [] };
}

export function countRows({ columns: [first] }: { readonly columns: Columns }): number {
  return first?.length ?? 0;
}

export function addRows(together: RowsTogether, columns: Columns): void {
  for (const [index, column] of columns.entries()) together.columns[index]?.push(...column);
}

/** Adds rows and answers what will be said of them, counted from one. */
export function askRows<Row>(together: RowsTogether, columns: Columns): Promise<(Row & Numbered)[]> {
  const start = countRows(together);
  addRows(together, columns);
  return new Promise((resolve, reject) => {
    const own = (rows: readonly Numbered[]) => resolve(rows as (Row & Numbered)[]);
    together.askers.push({ start, count: countRows({ columns }), resolve: own, reject });
  });
}

/** Sends the statement, and gives each asker what was answered of its own rows, or the error that all of them share. */
export function sendTogether(
  { sql, columns, name, askers }: RowsTogether,
  send: (sql: string, columns: Columns, name: string) => Promise<readonly Numbered[]>,
): void {
  send(sql, columns, name).then(
    (rows) => share(rows, askers),
    (error) => refuseAskers(askers, error),
  );
}

/** Nobody else has these rows: they are numbered anew as they are handed out. */
function share(rows: readonly { n: number }[], askers: readonly Asker[]): void {
  const shares = askers.map((asker) => ({ asker, own: [] as Numbered[] }));
  const shareOf = shares.flatMap((one) => Array<typeof one>(one.asker.count).fill(one));
  for (const row of rows) {
    const found = shareOf[row.n - 1];
    if (found === undefined) continue;
    row.n -= found.asker.start;
    found.own.push(row);
  }
  for (const { asker, own } of shares) asker.resolve(own);
}

export function refuseAskers(askers: readonly Asker[], error: unknown): void {
  for (const { reject } of askers) reject(error);
}

/** Rows as they stand in their table, for a caller who asked for one row or need not know which answer is to which. */
export function withoutNumbers<Row>(rows: readonly (Row & Numbered)[]): Row[] {
  return rows.map(({ n: _n, ...row }) => row as Row);
}
