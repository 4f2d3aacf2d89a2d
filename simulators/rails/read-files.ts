/** Reads what a bank is handed, as strictly as a bank would: what is not right is refused whole. */
import type { FileEntry, RailName } from './state.ts';

/** The entries of a file, or undefined where it is no file of this rail. */
export function readFile(rail: RailName, text: string): FileEntry[] | undefined {
  return readers[rail](text);
}

const readers = {
  ach: readNacha,
  check: readIssuedChecks,
  'virtual-card': readCardOrders,
} as const satisfies Record<RailName, (text: string) => FileEntry[] | undefined>;

const debits: ReadonlySet<string> = new Set(['27', '37']);

/** Lines of 94, in blocks of ten; in each batch, the date of its header. Offsets are not entries: they have no addenda. */
function readNacha(text: string): FileEntry[] | undefined {
  const lines = withoutLastEnd(text).split('\n');
  if (lines.length % 10 !== 0 || lines.some((line) => line.length !== 94)) return undefined;
  if (!lines[0]?.startsWith('101') || !lines.some((line) => /^9\d/.test(line))) return undefined;
  const entries: FileEntry[] = [];
  let date = '';
  for (const line of lines) {
    if (line.startsWith('5')) date = `20${line.slice(69, 71)}-${line.slice(71, 73)}-${line.slice(73, 75)}`;
    if (!line.startsWith('6') || line[78] !== '1') continue;
    entries.push({
      kind: debits.has(line.slice(1, 3)) ? 'stop' : 'issue',
      amount: Number(line.slice(29, 39)),
      reference: line.slice(39, 54).trim(),
      instrument: line.slice(79, 94),
      effectiveDate: date,
    });
  }
  return entries;
}

function readIssuedChecks(text: string): FileEntry[] | undefined {
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  if (rows.some((row) => row.length !== 6 || !/^[IV]$/.test(row[0] ?? ''))) return undefined;
  return rows.map(([indicator, , number = '', , dollars = '0']) => ({
    kind: indicator === 'I' ? 'issue' : 'stop',
    instrument: number,
    amount: Number(dollars.replace('.', '')),
    reference: number,
  }));
}

function readCardOrders(text: string): FileEntry[] | undefined {
  try {
    return withoutLastEnd(text)
      .split('\n')
      .map((line) => {
        const { action, reference, amount } = JSON.parse(line);
        return {
          kind: action === 'ISSUE' ? 'issue' : 'stop',
          instrument: String(reference),
          amount: Number(amount),
          reference: String(reference),
        };
      });
  } catch {
    return undefined;
  }
}

/** A control record may end in blanks: only line ends are taken away. */
function withoutLastEnd(text: string): string {
  return text.replace(/\n+$/, '');
}
