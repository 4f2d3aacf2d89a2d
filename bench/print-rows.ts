/** A table as Markdown writes it: aligned for a terminal, and to be pasted into a page as it is. */

export type Cell = string | number;

/** Prints a sentence and the rows under it, with the columns of the first row; numbers and what begins with one stand right. */
export function printRows(about: string, rows: readonly Readonly<Record<string, Cell>>[]): void {
  console.log(`\n${about}\n\n${writeRows(rows)}`);
}

export function writeRows(rows: readonly Readonly<Record<string, Cell>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => names.map((name) => String(row[name] ?? '')));
  const columns = names.map((name, column) => {
    const cells = lines.map((line) => line[column] ?? '');
    const width = Math.max(name.length, ...cells.map(({ length }) => length));
    return { width, isRight: cells.some((cell) => /^\d/.test(cell)) };
  });
  const write = (line: readonly string[]) =>
    `| ${columns.map(({ width, isRight }, column) => align(line[column] ?? '', width, isRight)).join(' | ')} |`;
  const rule = columns.map(
    ({ width, isRight }) => `${isRight ? '-' : ':'}${'-'.repeat(width)}${isRight ? ':' : '-'}`,
  );
  return [write(names), `|${rule.join('|')}|`, ...lines.map(write)].join('\n');
}

function align(cell: string, width: number, isRight: boolean): string {
  return isRight ? cell.padStart(width) : cell.padEnd(width);
}

/** How a bar is said to be kept; nothing where there is none, or where this is not what it is set for. */
export function verdict(isMet: boolean | undefined): string {
  if (isMet === undefined) return '';
  return isMet ? 'met' : 'not met';
}
