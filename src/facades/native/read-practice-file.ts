/** Files of a practice's objects, read while they arrive: CSV with a line of names, or a JSON object in every line. */
import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { PracticeFile } from '#core/practice/import-practice-file.ts';
import type { AnyImported } from '#core/practice/imported.ts';
import { readErrors } from '#http/read-problems.ts';
import { refuseUnkeepable } from '#http/refuse-unkeepable.ts';
import { CoreError, type Problem } from '#kit/errors.ts';
import { type PracticeList, practiceRows } from './practice-schemas.ts';
import { type FileLine, type FileMediaType, fileLines } from './read-lines.ts';
import { kindOfList, rowReaders } from './read-practice.ts';

/** The largest file. It has to have arrived when the request's time is over. */
const maxFileBytes = 32 * 1_024 * 1_024;

/** Objects handed on at once: enough to make a round trip worth it, too few to weigh. */
const batchRows = 500;

/** More problems than this help nobody. */
const maxProblems = 20;

type Row = AnyImported & { readonly line: number };

export interface GivenFile {
  readonly body: Readable;
  readonly mediaType: FileMediaType;
  /** What its lines are. */
  readonly list: PracticeList;
  /** Says how a national phone number is read. */
  readonly country: string;
}

/**
 * The objects of a file as they arrive. What is wrong is told together, up to twenty problems, each named as
 * `lines.<line>.<property>`; a file that is too large is `body_too_large`, one that breaks off or is not UTF-8 `malformed_body`.
 */
export function readPracticeFile({ body, mediaType, list, country }: GivenFile): PracticeFile {
  const hash = createHash('sha256');
  const lines = fileLines[mediaType](readText(body, hash), list);
  return {
    kind: kindOfList[list],
    batches: readBatches(lines, list, country),
    digest: () => hash.digest(),
  };
}

async function* readText(body: Readable, hash: Hash): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let bytes = 0;
  try {
    // Left open: what is refused is answered, which a destroyed request cannot be.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxFileBytes)
        throw new CoreError('body_too_large', `A file is at most ${maxFileBytes} bytes.`);
      hash.update(chunk);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new CoreError('malformed_body', 'The file is not UTF-8.');
    if (code === 'ECONNRESET') throw new CoreError('malformed_body', 'The file broke off.');
    throw error;
  } finally {
    body.resume();
  }
}

/** Reads one line's object; throws `validation_failed` where it is none. */
async function openRowReader(list: PracticeList, country: string): Promise<(line: FileLine) => Row> {
  // Only where a file arrives: its three hundred modules are megabytes of every process.
  const { Compile } = await import('typebox/compile');
  const schema = Compile(practiceRows[list]);
  const read = rowReaders[list] as (row: unknown, place: string, country: string) => AnyImported;
  return ({ line, value }) => {
    const place = `lines.${line}`;
    const unkeepable = refuseUnkeepable({ [place]: value });
    if (unkeepable !== undefined) throw unkeepable;
    if (!schema.Check(value)) throw readErrors(schema.Errors(value), place);
    return { ...read(value, place, country), line };
  };
}

async function* readBatches(
  lines: AsyncIterable<FileLine>,
  list: PracticeList,
  country: string,
): AsyncGenerator<readonly Row[]> {
  const read = await openRowReader(list, country);
  const problems: Problem[] = [];
  let rows: Row[] = [];
  for await (const line of lines) {
    try {
      rows.push(read(line));
    } catch (error) {
      if (!(error instanceof CoreError)) throw error;
      problems.push(...error.problems);
      if (problems.length >= maxProblems) break;
    }
    if (rows.length < batchRows) continue;
    // Nothing of a file with something wrong in it is kept, so the rest is only looked through.
    if (problems.length === 0) yield rows;
    rows = [];
  }
  const [first] = problems;
  if (first !== undefined)
    throw new CoreError('validation_failed', first.description, problems.slice(0, maxProblems));
  if (rows.length > 0) yield rows;
}
