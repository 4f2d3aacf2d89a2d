import type { Clock } from '#kit/clock.ts';
import type { Money } from '#kit/money.ts';
import { openJournal } from './journal.ts';

/** One money-moving or status request as a simulator saw it: the processor's side of an audit. */
export interface BookRow {
  readonly sequence: number;
  readonly at: string;
  readonly connector: string;
  /** purchase, auth, complete, refund, validate, status, payout … */
  readonly kind: string;
  /** The reference of whoever asked. */
  readonly reference: string;
  readonly processorReference: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** `none`: nothing moved because of this request (an inquiry, a repetition, a request that was not acted on). */
  readonly outcome: 'approved' | 'declined' | 'none';
  readonly code: string;
  readonly card?: string;
}

/** What a simulator writes down about one request. */
export interface BookEntry {
  readonly row?: Pick<BookRow, 'kind' | 'reference' | 'outcome' | 'code'> & {
    readonly processorReference?: string;
    readonly amount?: Money;
    readonly card?: string;
  };
  /** A change of the simulator's own state, given back to it by `events` after a restart. */
  readonly event?: unknown;
}

/** The record of all simulators, shared by them, in one journal. */
export interface Book {
  rows(): readonly BookRow[];
  /** The state changes a simulator recorded before this process began, in order. */
  events(connector: string): readonly unknown[];
  /** Row and event are one line: both survive or neither. Settles when they are on the disk. */
  record(connector: string, entry: BookEntry): Promise<void>;
  /** Settles when all that was recorded so far is on the disk. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

interface Line {
  readonly connector: string;
  readonly row?: BookRow;
  readonly event?: unknown;
}

export async function openBook(path: string, clock: Clock): Promise<Book> {
  const journal = await openJournal(path);
  const lines = journal.entries as readonly Line[];
  const rows = lines.flatMap((line) => (line.row === undefined ? [] : [line.row]));

  const makeRow = (connector: string, row: NonNullable<BookEntry['row']>): BookRow => ({
    sequence: rows.length + 1,
    at: clock.now().toISOString(),
    connector,
    kind: row.kind,
    reference: row.reference,
    processorReference: row.processorReference ?? '',
    amount: Number(row.amount?.minor ?? 0n),
    currency: row.amount?.currency ?? '',
    outcome: row.outcome,
    code: row.code,
    ...(row.card === undefined ? {} : { card: row.card }),
  });

  return {
    rows: () => rows,
    events: (connector) =>
      lines.flatMap((line) => (line.connector === connector && 'event' in line ? [line.event] : [])),
    record: (connector, entry) => {
      const row = entry.row === undefined ? undefined : makeRow(connector, entry.row);
      if (row !== undefined) rows.push(row);
      return journal.append({ connector, row, event: entry.event });
    },
    settle: () => journal.settle(),
    close: () => journal.close(),
  };
}
