import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { X12Parser } from 'node-x12';
import { remittedOrder } from '#test/support/optum-client.ts';
import { checkOrder } from '../check-order.ts';
import type { Claim, PayoutOrder } from '../order.ts';
import { writeRemittance } from './write-remittance.ts';

const read = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');

const payer = {
  name: 'EVERY HEALTH TPA',
  tin: '123456789',
  address: { line1: '1 PAYER WAY', city: 'OKLAHOMA CITY', state: 'OK', postalCode: '73102' },
  contact: { name: 'PROVIDER SERVICES', phone: '8005550100' },
};

const facts = (order: PayoutOrder, reference: string) => ({
  order,
  payer,
  payeeAccountNumber: '744-5678-99',
  attempt: {
    rail: 'ach' as const,
    amount: BigInt(order.amount),
    attempt: 1,
    traceNumber: reference,
    effectiveDate: '2025-01-03',
  },
  bank: { routingNumber: '121042882', accountNumber: '9900112233' },
  controlNumber: 1n,
  isTest: true,
  at: new Date('2025-01-02T14:30:00Z'),
});

/** ST to SE. */
function transactionOf(text: string): string {
  return text.slice(text.indexOf('ST*835'), text.indexOf('~GE*') + 1);
}

/** Every segment that an independent parser finds, as its elements. */
function parse(text: string): string[][] {
  const interchange = new X12Parser(true).parse(text);
  return (
    interchange as unknown as {
      functionalGroups: { transactions: { segments: { tag: string; elements: { value: string }[] }[] }[] }[];
    }
  ).functionalGroups.flatMap((group) =>
    group.transactions.flatMap((set) =>
      set.segments.map(({ tag, elements }) => [tag, ...elements.map(({ value }) => value)]),
    ),
  );
}

const one: PayoutOrder = {
  issuerReferenceId: 'EVRYHEALTH001',
  amount: 10_000,
  payeeDetails: {
    name: 'MAIN STREET CLINIC',
    npi: '1234567893',
    tin: '987654321',
    bankAccount: { routingNumber: '231380104', accountNumber: '744-5678-99' },
  },
  claimLevelInformation: [
    {
      patientControlNumber: 'PAT-100',
      claimStatusCode: '1',
      chargeAmount: 15_000,
      paidAmount: 10_000,
      payerClaimControlNumber: 'PAYERCLM001',
      facilityCode: '11',
      patient: { lastName: 'DOE', firstName: 'JANE', memberId: 'W12345' },
      serviceDateFrom: '2024-12-15',
      adjustments: [
        { groupCode: 'CO', reasonCode: '45', amount: 3_000 },
        { groupCode: 'PR', reasonCode: '1', amount: 2_000 },
      ],
    },
  ],
};

describe('an 835', () => {
  it('of one claim is the vector of the guide, byte for byte', () => {
    assert.equal(transactionOf(writeRemittance(facts(one, 'EVRYHEALTH001'))), read('one-claim.835'));
  });

  it('of two claims, a service line and a provider adjustment is the example, byte for byte', () => {
    const order = remittedOrder() as PayoutOrder;
    assert.equal(transactionOf(writeRemittance(facts(order, 'EVRYHEALTH002'))), read('two-claims.835'));
  });

  it('begins with an ISA of 106 characters and ends with an IEA', () => {
    const text = writeRemittance(facts(one, 'A'));
    assert.equal(text.indexOf('~'), 105);
    assert.match(text, /~GE\*1\*1~IEA\*1\*000000001~$/);
  });

  it('for a check names the check as its trace, and no accounts', () => {
    const text = writeRemittance({
      ...facts(one, '100001'),
      attempt: { ...facts(one, '100001').attempt, rail: 'check' },
    });
    assert.match(text, /~BPR\*I\*100\*C\*CHK\*{12}20250103~TRN\*1\*100001\*1123456789~/);
  });

  /** A single run of the suite takes a sample; the bar is ten thousand (`FILE_RUNS=10000`). */
  const runs = Number(process.env.FILE_RUNS ?? 200);

  it('of whatever balanced claims is read by another parser, balanced at every level', () => {
    const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).map((text) => `A${text}`);
    const adjustment = fc.record({
      groupCode: fc.constantFrom('CO' as const, 'PR' as const, 'OA' as const, 'PI' as const),
      reasonCode: fc.constantFrom('45', '1', '2', '3', '97'),
      amount: fc.integer({ min: 1, max: 50_000 }),
    });
    const claim = fc
      .record({
        patientControlNumber: fc.stringMatching(/^[A-Z0-9-]{1,38}$/),
        paid: fc.integer({ min: 0, max: 1_000_000 }),
        adjustments: fc.array(adjustment, { maxLength: 15 }),
        lastName: name,
      })
      .map(
        ({ patientControlNumber, paid, adjustments, lastName }): Claim => ({
          patientControlNumber,
          claimStatusCode: '1',
          paidAmount: paid,
          chargeAmount: adjustments.reduce((total, { amount }) => total + amount, paid),
          payerClaimControlNumber: 'CLAIM',
          patient: { lastName },
          adjustments,
        }),
      );
    const property = fc.property(fc.array(claim, { minLength: 1, maxLength: 8 }), (claims) => {
      const amount = claims.reduce((total, { paidAmount }) => total + paidAmount, 0);
      fc.pre(amount > 0);
      const order = { ...one, amount, claimLevelInformation: claims };
      checkOrder(order);
      const text = writeRemittance(facts(order, 'A'));
      const segments = parse(text);
      const cents = (value = '0') => Math.round(Number(value || '0') * 100);
      const paid = segments.filter(([tag]) => tag === 'CLP');
      assert.equal(paid.length, claims.length);
      assert.equal(cents(segments.find(([tag]) => tag === 'BPR')?.[2]), amount);
      assert.equal(
        paid.reduce((total, segment) => total + cents(segment[4]), 0),
        amount,
      );
      assert.equal(Number(/~SE\*(\d+)\*/.exec(text)?.[1]), transactionOf(text).split('~').length - 1);
      for (const [, group, ...triples] of segments.filter(([tag]) => tag === 'CAS')) {
        assert.ok(group !== undefined && triples.length <= 18);
      }
    });
    fc.assert(property, { seed: 20_260_301, numRuns: runs });
  });
});
