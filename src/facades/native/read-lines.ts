/** The lines of a file as values, before anything is known of what they mean. */
import { CsvReader, type CsvRecord } from '#kit/csv.ts';
import { type CoreError, invalid } from '#kit/errors.ts';
import { type PracticeList, practiceRows } from './practice-schemas.ts';

export interface FileLine {
  /** The first line of a file is 1. */
  readonly line: number;
  readonly value: unknown;
}

export type FileMediaType = 'text/csv' | 'application/x-ndjson';

type Read = (text: AsyncIterable<string>, list: PracticeList) => AsyncGenerator<FileLine>;

export const fileLines = {
  'text/csv': readCsv,
  'application/x-ndjson': readNdjson,
} as const satisfies Record<FileMediaType, Read>;

/** The first record names the columns. A cell that is empty is a property that is not given. */
async function* readCsv(text: AsyncIterable<string>, list: PracticeList): AsyncGenerator<FileLine> {
  const reader = new CsvReader();
  let columns: readonly string[] | undefined;
  const toLines = (records: readonly CsvRecord[]): FileLine[] =>
    records.flatMap((record) => {
      if (columns !== undefined) return { line: record.line, value: readRecord(record, columns) };
      columns = readColumns(record, list);
      return [];
    });
  for await (const piece of text) yield* toLines(reader.read(piece));
  yield* toLines(reader.end());
  if (columns === undefined)
    throw invalid('lines.1', 'missing_field', 'The first line has to name the columns.');
}

function readColumns({ fields, line }: CsvRecord, list: PracticeList): readonly string[] {
  const known = Object.keys(practiceRows[list].properties);
  const unknown = fields.find((name, index) => !known.includes(name) || fields.indexOf(name) !== index);
  if (unknown !== undefined)
    throw invalid(
      `lines.${line}.${unknown.slice(0, 60)}`,
      'unknown_field',
      `Line ${line} names a column that ${list} do not have, or names it twice: ${unknown.slice(0, 60)}`,
    );
  return fields;
}

const numbers: ReadonlySet<string> = new Set(['status', 'total', 'due']);
const truths: ReadonlySet<string> = new Set(['allowsLinks', 'preferred']);

/** Digits are a number and `true` is true only where the column has such; everything else is text. */
function readRecord({ fields, line }: CsvRecord, columns: readonly string[]): unknown {
  if (fields.length !== columns.length)
    throw wrong(line, `has ${fields.length} fields where there are ${columns.length} columns`);
  const given = columns.flatMap((name, index): [string, unknown][] => {
    const cell = fields[index] ?? '';
    return cell === '' ? [] : [[name, readCell(name, cell)]];
  });
  return Object.fromEntries(given);
}

function readCell(name: string, cell: string): unknown {
  if (numbers.has(name) && /^\d{1,15}$/.test(cell)) return Number(cell);
  if (truths.has(name) && /^(true|false)$/.test(cell)) return cell === 'true';
  return cell;
}

/** Characters of one line. */
const maxLineLength = 64 * 1_024;

async function* readNdjson(text: AsyncIterable<string>): AsyncGenerator<FileLine> {
  let line = 0;
  let rest = '';
  const toLines = (lines: readonly string[]): FileLine[] =>
    lines.flatMap((json) => {
      line += 1;
      return json.trim() === '' ? [] : { line, value: readJson(json, line) };
    });
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLineLength) throw wrong(line + 1, 'does not end');
    yield* toLines(lines);
  }
  yield* toLines([rest]);
}

function readJson(json: string, line: number): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw wrong(line, 'is not JSON');
  }
}

function wrong(line: number, what: string): CoreError {
  return invalid(`lines.${line}`, 'invalid_format', `Line ${line} ${what}.`);
}
