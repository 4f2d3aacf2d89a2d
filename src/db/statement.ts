import pg from 'pg';
import { valueTypes } from './value-types.ts';

/** The driver's connection under its client, as far as a statement speaks to it. Its types leave it out. */
interface Wire {
  describe(what: unknown): void;
}

/** What the driver does for a statement of its own, which its types leave out. */
interface Driven {
  name: string | undefined;
  queryMode: string | undefined;
  prepare(wire: Wire): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
}

const DriverQuery = pg.Query as unknown as new (
  sql: string,
  values: unknown[],
  callback: (error: Error | null) => void,
) => Driven;

interface Column {
  readonly name: string;
  readonly dataTypeID: number;
}

/** How the rows of a statement are read. */
interface Reading {
  readonly columns: readonly { readonly name: string; readonly parse: (text: string) => unknown }[];
  /** A row of nulls: a copy takes values faster than an object that has yet to grow. */
  readonly empty: Readonly<Record<string, unknown>>;
}

/** What a connection's server has said of the statements that are prepared on it. */
interface Known {
  readonly readings: Map<string, Reading>;
  /** The same connection, but it asks for no description. */
  readonly undescribed: Wire;
}

const knownByWire = new WeakMap<Wire, Known>();

function knownOn(wire: Wire): Known {
  const known = knownByWire.get(wire);
  if (known !== undefined) return known;
  const undescribed = Object.create(wire, { describe: { value: () => {} } }) as Wire;
  const first = { readings: new Map<string, Reading>(), undescribed };
  knownByWire.set(wire, first);
  return first;
}

/**
 * A statement as the driver sends it, but one that has a name is described once on a connection, and not each time it
 * runs: what a prepared statement answers cannot change ("cached plan must not change result type"). One row of
 * twenty-five columns is read in a quarter less of the process's time so.
 */
class Statement extends DriverQuery {
  readonly answered: Record<string, unknown>[] = [];
  unreadable: Error | undefined;
  #reading: Reading | undefined;

  constructor(
    sql: string,
    values: unknown[],
    name: string | undefined,
    ended: (error: Error | null) => void,
  ) {
    super(sql, values, ended);
    this.name = name;
    // The extended protocol takes exactly one statement, with or without parameters.
    this.queryMode = 'extended';
  }

  override prepare(wire: Wire): void {
    super.prepare(this.name === undefined ? wire : this.#describedOn(wire, this.name));
  }

  /** The connection to send this on: one that asks for no description where there is one. */
  #describedOn(wire: Wire, name: string): Wire {
    const { readings, undescribed } = knownOn(wire);
    this.#reading = readings.get(name);
    return this.#reading === undefined ? wire : undescribed;
  }

  handleRowDescription({ fields }: { readonly fields: readonly Column[] }): void {
    this.#reading = readingOf(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    try {
      this.answered.push(readRow(this.#reading ?? withoutRows, fields));
    } catch (error) {
      this.unreadable ??= error as Error;
    }
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.name !== undefined) knownOn(wire).readings.set(this.name, this.#reading ?? withoutRows);
    super.handleCommandComplete(message, wire);
  }
}

/** Of a statement that answers none, of which there is no description either. */
const withoutRows: Reading = { columns: [], empty: {} };

function readingOf(columns: readonly Column[]): Reading {
  return {
    columns: columns.map(({ name, dataTypeID }) => ({
      name,
      parse: valueTypes.getTypeParser(dataTypeID, 'text'),
    })),
    empty: { ...Object.fromEntries(columns.map(({ name }) => [name, null])) },
  };
}

function readRow({ columns, empty }: Reading, texts: readonly (string | null)[]): Record<string, unknown> {
  if (texts.length !== columns.length)
    throw new Error(`The server answered ${texts.length} values for ${columns.length} columns.`);
  const row = { ...empty };
  for (const [index, { name, parse }] of columns.entries()) {
    const text = texts[index] ?? null;
    row[name] = text === null ? null : parse(text);
  }
  return row;
}

/** Runs one statement, prepared on the connection where it has a name, and answers its rows. */
export async function runStatement<Row>(
  client: pg.ClientBase,
  { sql, values, name }: { sql: string; values: readonly unknown[]; name: string | undefined },
): Promise<Row[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
  const statement = new Statement(sql, [...values], name, (error) => {
    const failure = error ?? statement.unreadable;
    if (failure) reject(failure);
    else resolve(statement.answered as Row[]);
  });
  client.query(statement as unknown as pg.Submittable);
  try {
    return await promise;
  } catch (error) {
    // Made where the server's answer was read; who asked is what helps.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}
