/** The 835 (005010X221A1): what a payment is for, for the payee's accounts to read. */
import { toBankText } from '#kit/bank-text.ts';
import { bankingZone } from '#kit/banking-days.ts';
import { localDate, localTime } from '#kit/calendar.ts';
import type { Payer } from '../../payout-accounts/account.ts';
import type { PayoutOrder } from '../order.ts';
import type { Attempt } from '../payout.ts';
import { type Segment, writeDate, writeSegments } from './segments.ts';
import { writeTransaction } from './write-transaction.ts';

export interface RemittanceFacts {
  readonly order: PayoutOrder;
  readonly payer: Payer;
  readonly payeeAccountNumber: string | undefined;
  readonly attempt: Pick<Attempt, 'rail' | 'amount' | 'attempt' | 'traceNumber' | 'effectiveDate'>;
  /** The account the money leaves from. */
  readonly bank: { readonly routingNumber: string; readonly accountNumber: string };
  /** Unique per account: interchange, group and transaction set count with it. */
  readonly controlNumber: bigint;
  readonly isTest: boolean;
  /** The tenant's time. */
  readonly at: Date;
}

/** A whole interchange, ISA to IEA, with one transaction set. */
export function writeRemittance(facts: RemittanceFacts): string {
  const date = localDate(facts.at, bankingZone);
  const time = localTime(facts.at, bankingZone).replace(':', '').slice(0, 4);
  const control = String(facts.controlNumber % 1_000_000_000n);
  const sender = `1${facts.payer.tin}`;
  const receiver = facts.order.payeeDetails.npi ?? facts.order.payeeDetails.tin ?? '';
  const open: readonly Segment[] = [
    [
      'ISA',
      '00',
      ' '.repeat(10),
      '00',
      ' '.repeat(10),
      'ZZ',
      sender.padEnd(15),
      'ZZ',
      receiver.padEnd(15),
      writeDate(date).slice(2),
      time,
      '^',
      '00501',
      control.padStart(9, '0'),
      '0',
      facts.isTest ? 'T' : 'P',
      ':',
    ],
    ['GS', 'HP', sender, toBankText(receiver), writeDate(date), time, control, 'X', '005010X221A1'],
  ];
  const transaction = writeTransaction(facts, date);
  const close: readonly Segment[] = [
    ['GE', '1', control],
    ['IEA', '1', control.padStart(9, '0')],
  ];
  return writeSegments(open) + writeSegments(transaction) + writeSegments(close);
}
