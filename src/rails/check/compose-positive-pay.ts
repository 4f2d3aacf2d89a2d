import { toBankText } from '#kit/bank-text.ts';
import type { ComposedFile, FileOrder, RailEntry } from '#kit/rail.ts';

/** Issued, or void: what the bank is to do when the check is presented. */
const indicators = { issue: 'I', stop: 'V' } as const satisfies Record<RailEntry['kind'], string>;

/** Payee names longer than this are cut, as by most banks that take such files. */
const maxPayee = 40;

/**
 * The issued-check file, one line a check: `indicator,account,check number,MMDDYYYY,dollars,payee`. Banks have no layout in
 * common; this is the one most of them can map.
 */
export function composePositivePay(order: FileOrder): ComposedFile {
  const lines = order.entries.map((entry) => writeLine(order, entry));
  const { date, time, account, ordinal } = order;
  const stamp = `${date.replaceAll('-', '')}-${time.replace(':', '').slice(0, 4)}-${ordinal + 1}`;
  return { fileName: `positive-pay-${account.routingNumber}-${stamp}.csv`, content: `${lines.join('\n')}\n` };
}

function writeLine({ account }: FileOrder, entry: RailEntry): string {
  const [year, month, day] = entry.effectiveDate.split('-');
  // A comma in a name would be one more column.
  const payee = toBankText(entry.payeeName.replaceAll(',', ' ')).slice(0, maxPayee);
  return [
    indicators[entry.kind],
    account.accountNumber,
    entry.instrument,
    `${month}${day}${year}`,
    writeDollars(entry.amount),
    payee,
  ].join(',');
}

function writeDollars(cents: bigint): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
