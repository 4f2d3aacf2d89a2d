import { type CoreError, invalid } from './errors.ts';

/** A record of a CSV text: its fields, and the line on which it begins, the first being 1. */
export interface CsvRecord {
  readonly fields: readonly string[];
  readonly line: number;
}

/** Characters of one record: what is longer has lost a quote somewhere. */
const maxRecordLength = 64 * 1_024;

/** What means something outside quotes. */
const mark = /[",\r\n]/g;

/**
 * Reads a CSV text that comes in pieces, however it is cut: RFC 4180 by the letter, with commas, fields in double quotes
 * where they need them, a quote doubled inside, and lines ended by CRLF or LF. Empty lines are passed over, and so is a byte
 * order mark. What is none of this is `validation_failed`, named as `lines.<line>`.
 *
 * Not a library's, because a refusal names the line on which a record begins, and whoever mends a file goes there: csv-parse
 * 7 tells where a record ends, and counts a CRLF inside quotes as two lines.
 */
export class CsvReader {
  /** Where in a field it is: before it, in a plain or a quoted one, or behind a quote that may be doubled. */
  #place: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  #field = '';
  #fields: string[] = [];
  #records: CsvRecord[] = [];
  /** Characters of the record so far. */
  #length = 0;
  #line = 1;
  /** The line on which the record begins. */
  #firstLine = 1;
  #afterReturn = false;
  #atBeginning = true;

  /** The records that end in this piece. */
  read(piece: string): CsvRecord[] {
    let at = this.#atBeginning && piece.startsWith('\uFEFF') ? 1 : 0;
    if (piece !== '') this.#atBeginning = false;
    while (at < piece.length)
      at = this.#place === 'quoted' ? this.#readQuoted(piece, at) : this.#readOutside(piece, at);
    return this.#handOver();
  }

  /** The last record, where no line end follows it. */
  end(): CsvRecord[] {
    if (this.#place === 'quoted') throw wrong(this.#firstLine, 'has a quote that is never closed');
    this.#endRecord();
    return this.#handOver();
  }

  #handOver(): CsvRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  #readQuoted(text: string, from: number): number {
    const end = text.indexOf('"', from);
    const run = text.slice(from, end < 0 ? undefined : end);
    this.#take(run);
    this.#line += run.split('\n').length - 1;
    if (end >= 0) this.#place = 'quote';
    return end < 0 ? text.length : end + 1;
  }

  #readOutside(text: string, from: number): number {
    if (this.#afterReturn && text[from] !== '\n')
      throw wrong(this.#line, 'has a carriage return without a line feed');
    mark.lastIndex = from;
    const end = mark.exec(text)?.index ?? text.length;
    if (end > from) {
      if (this.#place === 'quote') throw wrong(this.#line, 'goes on behind a closing quote');
      this.#place = 'plain';
      this.#take(text.slice(from, end));
    }
    this.#readMark(text[end]);
    return end + 1;
  }

  #readMark(character: string | undefined): void {
    this.#length += 1;
    if (character === ',') this.#endField();
    else if (character === '\r') this.#afterReturn = true;
    else if (character === '"') this.#readQuote();
    else if (character === '\n') {
      this.#endRecord();
      this.#line += 1;
    }
  }

  #readQuote(): void {
    if (this.#place === 'plain') throw wrong(this.#line, 'has a quote in a field without quotes');
    if (this.#place === 'quote') this.#take('"');
    this.#place = 'quoted';
  }

  #take(run: string): void {
    this.#length += run.length;
    if (this.#length > maxRecordLength) throw wrong(this.#firstLine, 'does not end');
    this.#field += run;
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#place = 'start';
  }

  #endRecord(): void {
    if (this.#fields.length > 0 || this.#place !== 'start') {
      this.#endField();
      this.#records.push({ fields: this.#fields, line: this.#firstLine });
      this.#fields = [];
    }
    this.#length = 0;
    this.#afterReturn = false;
    this.#firstLine = this.#line + 1;
  }
}

function wrong(line: number, what: string): CoreError {
  return invalid(`lines.${line}`, 'invalid_format', `Line ${line} ${what}.`);
}
