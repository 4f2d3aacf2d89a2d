import { currency } from '#kit/currency.ts';
import { money } from '#kit/money.ts';
import type { Book } from '../book.ts';

export type RailName = 'ach' | 'check' | 'virtual-card';

/** One line of a file that was handed over. */
export interface FileEntry {
  readonly kind: 'issue' | 'stop';
  readonly instrument: string;
  readonly amount: number;
  /** `YYYY-MM-DD`; of an ACH entry. */
  readonly effectiveDate?: string;
  readonly reference: string;
}

export interface Instrument extends FileEntry {
  readonly rail: RailName;
  readonly account: string;
  readonly cleared: number;
  readonly over?: 'returned' | 'stopped';
}

export interface News {
  readonly sequence: number;
  readonly kind: string;
  readonly instrument: string;
  readonly amount?: number;
  readonly code?: string;
  readonly file?: string;
  readonly detail?: Readonly<Record<string, string>>;
}

export interface HandedFile {
  readonly id: string;
  readonly account: string;
  readonly entries: readonly FileEntry[];
}

/** What is written down, and given back after a restart. */
type BankEvent =
  | { readonly type: 'file'; readonly rail: RailName; readonly file: HandedFile }
  | { readonly type: 'news'; readonly rail: RailName; readonly account: string; readonly news: News };

const usd = currency('USD');

const key = (rail: RailName, id: string): string => `${rail} ${id}`;

/** What the bank knows, rebuilt from its book: which files it has, how each instrument stands, what it has told whom. */
export function openState(book: Book) {
  const files = new Set<string>();
  const instruments = new Map<string, Instrument>();
  const told = new Map<string, News[]>();
  const listOf = (rail: RailName, account: string): News[] => {
    const list = told.get(key(rail, account)) ?? [];
    told.set(key(rail, account), list);
    return list;
  };
  const apply = (event: BankEvent): void => {
    if (event.type === 'file') {
      files.add(event.file.id);
      for (const entry of event.file.entries)
        instruments.set(key(event.rail, entry.instrument), withEntry(instruments, event, entry));
      return;
    }
    listOf(event.rail, event.account).push(event.news);
    const found = instruments.get(key(event.rail, event.news.instrument));
    if (found !== undefined) instruments.set(key(event.rail, found.instrument), withNews(found, event.news));
  };
  for (const event of book.events('rails') as BankEvent[]) apply(event);

  return {
    hasFile: (id: string): boolean => files.has(id),
    find: (rail: RailName, id: string): Instrument | undefined => instruments.get(key(rail, id)),
    all: (): Instrument[] => [...instruments.values()],
    listOf,
    takeFile: async (rail: RailName, file: HandedFile): Promise<void> => {
      const event: BankEvent = { type: 'file', rail, file };
      apply(event);
      for (const entry of file.entries) void book.record('rails', { row: rowOf(rail, entry) });
      await book.record('rails', { event });
    },
    tell: async (found: Instrument, news: Omit<News, 'sequence' | 'instrument'>): Promise<News> => {
      const { rail, account, instrument } = found;
      const next = { sequence: listOf(rail, account).length + 1, instrument, ...news };
      const event: BankEvent = { type: 'news', rail, account, news: next };
      apply(event);
      const row = {
        kind: `${rail}-${news.kind}`,
        reference: found.reference,
        processorReference: instrument,
        amount: money(BigInt(news.amount ?? 0), usd),
        outcome: news.kind === 'cleared' ? ('approved' as const) : ('none' as const),
        code: news.code ?? '00',
      };
      await book.record('rails', { event, row });
      return next;
    },
  };
}

function rowOf(rail: RailName, entry: FileEntry) {
  return {
    kind: entry.kind === 'issue' ? 'payout' : 'payout-stop',
    reference: entry.reference,
    processorReference: entry.instrument,
    amount: money(BigInt(entry.amount), usd),
    outcome: 'approved' as const,
    code: rail,
  };
}

function withEntry(
  instruments: ReadonlyMap<string, Instrument>,
  { rail, file: { account } }: BankEvent & { type: 'file' },
  entry: FileEntry,
): Instrument {
  const known = instruments.get(key(rail, entry.instrument));
  const issued = known ?? { ...entry, rail, account, cleared: 0 };
  return entry.kind === 'issue' ? { ...entry, rail, account, cleared: 0 } : { ...issued, over: 'stopped' };
}

function withNews(found: Instrument, news: News): Instrument {
  if (news.kind === 'cleared') return { ...found, cleared: found.cleared + (news.amount ?? 0) };
  if (news.kind === 'returned' || news.kind === 'refused') return { ...found, over: 'returned', cleared: 0 };
  return found;
}
