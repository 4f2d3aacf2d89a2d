/** Loops 2100 and 2110 of the 835: a claim and its service lines. */
import { toBankText } from '#kit/bank-text.ts';
import type { Adjustment, Claim, Person, ServiceLine } from '../order.ts';
import { sumOf } from '../order.ts';
import { type Segment, writeAmount, writeDate } from './segments.ts';

export function writeClaim(claim: Claim): Segment[] {
  const { renderingProvider: provider } = claim;
  const responsibility = responsibilityOf(claim);
  return [
    [
      'CLP',
      claim.patientControlNumber,
      claim.claimStatusCode,
      writeAmount(BigInt(claim.chargeAmount)),
      writeAmount(BigInt(claim.paidAmount)),
      responsibility === 0n ? undefined : writeAmount(responsibility),
      claim.claimFilingIndicatorCode ?? '12',
      claim.payerClaimControlNumber,
      claim.facilityCode,
      claim.frequencyCode,
    ],
    ...writeAdjustments(claim.adjustments),
    writePerson('QC', claim.patient),
    ...(claim.subscriber === undefined ? [] : [writePerson('IL', claim.subscriber)]),
    ...(provider === undefined
      ? []
      : [
          [
            'NM1',
            '82',
            '1',
            toBankText(provider.lastName),
            textOf(provider.firstName),
            undefined,
            undefined,
            undefined,
            ...(provider.npi === undefined ? [] : ['XX', provider.npi]),
          ] as Segment,
        ]),
    ...writeDates([
      ['232', claim.serviceDateFrom],
      ['233', claim.serviceDateTo],
      ['050', claim.receivedDate],
    ]),
    ...(claim.serviceLines ?? []).flatMap(writeLine),
  ];
}

/** What the patient owes: as stated, else what adjustments of the claim and its lines put on the patient. */
export function responsibilityOf(claim: Claim): bigint {
  if (claim.patientResponsibilityAmount !== undefined) return BigInt(claim.patientResponsibilityAmount);
  const all = [claim.adjustments ?? [], ...(claim.serviceLines ?? []).map((line) => line.adjustments ?? [])];
  return sumOf(
    all
      .flat()
      .filter(({ groupCode }) => groupCode === 'PR')
      .map(({ amount }) => amount),
  );
}

function writeLine(line: ServiceLine): Segment[] {
  return [
    [
      'SVC',
      `${line.procedureQualifier ?? 'HC'}:${line.procedureCode}`,
      writeAmount(BigInt(line.chargeAmount)),
      writeAmount(BigInt(line.paidAmount)),
      undefined,
      line.units === undefined ? undefined : String(line.units),
    ],
    ...writeDates([['472', line.serviceDate]]),
    ...writeAdjustments(line.adjustments),
    ...(line.lineControlNumber === undefined ? [] : [['REF', '6R', line.lineControlNumber] as Segment]),
    ...(line.allowedAmount === undefined
      ? []
      : [['AMT', 'B6', writeAmount(BigInt(line.allowedAmount))] as Segment]),
  ];
}

/** Adjustments that one CAS holds. */
const maxTriples = 6;

/** One CAS per group in the order in which the groups first appear, and another where one is full. */
function writeAdjustments(adjustments: readonly Adjustment[] = []): Segment[] {
  return [...Map.groupBy(adjustments, ({ groupCode }) => groupCode)].flatMap(([group, members]) => {
    const segments: Segment[] = [];
    for (let start = 0; start < members.length; start += maxTriples)
      segments.push(['CAS', group, ...members.slice(start, start + maxTriples).flatMap(writeTriple)]);
    return segments;
  });
}

function writeTriple({ reasonCode, amount, quantity }: Adjustment): (string | undefined)[] {
  return [reasonCode, writeAmount(BigInt(amount)), quantity === undefined ? undefined : String(quantity)];
}

function writePerson(role: 'QC' | 'IL', { lastName, firstName, middleName, memberId }: Person): Segment {
  return [
    'NM1',
    role,
    '1',
    toBankText(lastName),
    textOf(firstName),
    textOf(middleName),
    undefined,
    undefined,
    ...(memberId === undefined ? [] : ['MI', memberId]),
  ];
}

function textOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : toBankText(text);
}

function writeDates(dates: readonly (readonly [string, string | undefined])[]): Segment[] {
  return dates.flatMap(([qualifier, date]): Segment[] =>
    date === undefined ? [] : [['DTM', qualifier, writeDate(date)]],
  );
}
