/** A payer that speaks the Issue API: what it sends, and what it is answered. */
import type { TestApp } from './app.ts';
import { type Answer, type Json, sendJson } from './ping-client.ts';

export interface OptumClient {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Orders a payment and answers its id. */
  pay(replaced?: Record<string, unknown>): Promise<string>;
  details(paymentId: string): Promise<Json>;
  /** Does everything that is due now. */
  settle(): Promise<void>;
  /** Turns the test clock. */
  turn(to: { by: string } | { to: string }): Promise<void>;
}

let count = 0;

/** A reference that nobody has used. */
export function newReference(): string {
  count += 1;
  return `REF-${process.pid}-${count}`;
}

/** A client with the credentials of a demo tenant's account. */
export function optumClient(app: TestApp, entry: 'optum' | 'optumHold' = 'optum', index = 0): OptumClient {
  const { tenant, entries } = app.tenants[index] ?? {};
  const credentials = entries?.[entry];
  if (tenant === undefined || credentials === undefined) throw new Error(`the demo has no ${entry}`);
  const call: OptumClient['call'] = (method, path, body, headers = {}) =>
    sendJson(`${credentials.base}${path}`, method, { ...credentials.headers, ...headers }, body);
  return {
    call,
    pay: async (replaced = {}) => {
      const { status, body } = await call('POST', '/payments', { ...achOrder(), ...replaced });
      if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body.paymentId;
    },
    details: async (paymentId) => (await call('GET', `/payments/${paymentId}/details`)).body,
    settle: () => app.app.core.work.drain(tenant.id),
    turn: async (to) => {
      const answer = await sendJson(
        `${app.url}/v1/test-clock/advance`,
        'POST',
        entries?.native?.headers ?? {},
        to,
      );
      if (answer.status !== 200) throw new Error(answer.text);
    },
  };
}

const payeeDetails = {
  name: 'MAIN STREET CLINIC',
  npi: '1234567893',
  tin: '987654321',
  address: { line1: '200 MAIN ST', city: 'TULSA', state: 'OK', postalCode: '74103' },
};

/** 100.00 into a bank account, with nothing to remit. */
export function achOrder(): Record<string, Json> {
  return {
    issuerReferenceId: newReference(),
    amount: 10_000,
    payeeDetails: {
      ...payeeDetails,
      bankAccount: { routingNumber: '231380104', accountNumber: '744-5678-99', accountType: 'checking' },
    },
  };
}

/** 100.00 by check. */
export function checkOrder(): Record<string, Json> {
  return { issuerReferenceId: newReference(), amount: 10_000, payeeDetails };
}

/** The example of the bodies' own document: two claims, one with a service line, and a provider adjustment. */
export function remittedOrder(): Record<string, Json> {
  return {
    ...achOrder(),
    amount: 15_000,
    paymentDetails: { deliveryMethod: 'ACH', memo: 'Claims of December 2024' },
    numberOfClaims: 2,
    claimLevelInformation: [
      {
        patientControlNumber: 'PAT-100',
        claimStatusCode: '1',
        chargeAmount: 15_000,
        paidAmount: 10_000,
        patientResponsibilityAmount: 2_000,
        claimFilingIndicatorCode: '12',
        payerClaimControlNumber: 'PAYERCLM001',
        facilityCode: '11',
        frequencyCode: '1',
        patient: { lastName: 'DOE', firstName: 'JANE', memberId: 'W12345' },
        serviceDateFrom: '2024-12-15',
        adjustments: [
          { groupCode: 'CO', reasonCode: '45', amount: 3_000 },
          { groupCode: 'PR', reasonCode: '1', amount: 2_000 },
        ],
      },
      {
        patientControlNumber: 'PAT-101',
        claimStatusCode: '1',
        chargeAmount: 8_000,
        paidAmount: 6_000,
        payerClaimControlNumber: 'PAYERCLM002',
        facilityCode: '11',
        frequencyCode: '1',
        patient: { lastName: 'ROE', firstName: 'RICHARD', memberId: 'W67890' },
        serviceDateFrom: '2024-12-16',
        serviceLines: [
          {
            procedureCode: '99213',
            chargeAmount: 8_000,
            paidAmount: 6_000,
            units: 1,
            serviceDate: '2024-12-16',
            lineControlNumber: 'L1',
            allowedAmount: 6_500,
            adjustments: [
              { groupCode: 'CO', reasonCode: '45', amount: 1_500 },
              { groupCode: 'PR', reasonCode: '3', amount: 500 },
            ],
          },
        ],
      },
    ],
    providerLevelAdjustment: [
      { reasonCode: 'WO', referenceId: 'OVERPAY-77', amount: 1_000, fiscalPeriodDate: '2024-12-31' },
    ],
  };
}
