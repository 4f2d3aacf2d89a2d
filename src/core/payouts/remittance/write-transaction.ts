/** The transaction set of the 835, in the order of its guide: who pays whom, then claims, then the provider's account. */
import { toBankText } from '#kit/bank-text.ts';
import type { RailName } from '#kit/rail.ts';
import type { Address, ProviderAdjustment } from '../order.ts';
import { type Segment, writeAmount, writeDate } from './segments.ts';
import { writeClaim } from './write-claim.ts';
import type { RemittanceFacts } from './write-remittance.ts';

/** ST to SE. `date` is the day on which it is made. */
export function writeTransaction(facts: RemittanceFacts, date: string): readonly Segment[] {
  const { claimLevelInformation = [], providerLevelAdjustment = [] } = facts.order;
  const body: readonly Segment[] = [
    writePayment(facts),
    ['TRN', '1', facts.attempt.traceNumber ?? undefined, `1${facts.payer.tin}`],
    ['DTM', '405', writeDate(date)],
    ...writePayer(facts),
    ...writePayee(facts),
    ...(claimLevelInformation.length === 0 ? [] : [['LX', '1'] as Segment]),
    ...claimLevelInformation.flatMap(writeClaim),
    ...providerLevelAdjustment.map((one) => writeProviderAdjustment(facts, one, date)),
  ];
  const set = '0001';
  return [['ST', '835', set], ...body, ['SE', String(body.length + 2), set]];
}

/** BPR04: how the money goes. A card is no movement between the two banks, so the 835 has none for it. */
const methods = { ach: 'ACH', check: 'CHK', 'virtual-card': 'NON' } as const satisfies Record<
  RailName,
  string
>;

function writePayment({ order, payer, payeeAccountNumber, attempt, bank }: RemittanceFacts): Segment {
  const head: Segment = ['BPR', 'I', writeAmount(attempt.amount), 'C', methods[attempt.rail]];
  const date = writeDate(attempt.effectiveDate ?? '');
  const { bankAccount } = order.payeeDetails;
  if (attempt.rail !== 'ach' || bankAccount === undefined || payeeAccountNumber === undefined)
    return [...head, ...Array.from({ length: 11 }, () => undefined), date];
  return [
    ...head,
    'CCP',
    '01',
    bank.routingNumber,
    'DA',
    withoutHyphens(bank.accountNumber),
    `1${payer.tin}`,
    undefined,
    '01',
    bankAccount.routingNumber,
    bankAccount.accountType === 'savings' ? 'SG' : 'DA',
    withoutHyphens(payeeAccountNumber),
    date,
  ];
}

function writePayer({ payer }: RemittanceFacts): Segment[] {
  const { contact } = payer;
  return [
    ['N1', 'PR', toBankText(payer.name)],
    ...writeAddress(payer.address),
    ...(contact === undefined
      ? []
      : [
          [
            'PER',
            'BL',
            toBankText(contact.name),
            ...(contact.phone === undefined ? [] : ['TE', contact.phone]),
          ] as Segment,
        ]),
  ];
}

function writePayee({ order: { payeeDetails } }: RemittanceFacts): Segment[] {
  const { name, npi, tin, address } = payeeDetails;
  return [
    ['N1', 'PE', toBankText(name), npi === undefined ? 'FI' : 'XX', npi ?? tin],
    ...writeAddress(address),
    ...(npi === undefined || tin === undefined ? [] : [['REF', 'TJ', tin] as Segment]),
  ];
}

function writeAddress(address: Address | undefined): Segment[] {
  if (address === undefined) return [];
  const { line1, line2, city, state, postalCode, country = 'US' } = address;
  return [
    ['N3', toBankText(line1), line2 === undefined ? undefined : toBankText(line2)],
    [
      'N4',
      toBankText(city),
      state,
      postalCode.replace('-', ''),
      country === 'US' ? undefined : toBankText(country),
    ],
  ];
}

function writeProviderAdjustment(
  { order: { payeeDetails } }: RemittanceFacts,
  adjustment: ProviderAdjustment,
  date: string,
): Segment {
  const { reasonCode, referenceId, amount, fiscalPeriodDate, providerIdentifier } = adjustment;
  return [
    'PLB',
    providerIdentifier ?? payeeDetails.npi ?? payeeDetails.tin,
    writeDate(fiscalPeriodDate ?? `${date.slice(0, 4)}-12-31`),
    referenceId === undefined ? reasonCode : `${reasonCode}:${referenceId}`,
    writeAmount(BigInt(amount)),
  ];
}

function withoutHyphens(number: string): string {
  return number.replaceAll('-', '');
}
