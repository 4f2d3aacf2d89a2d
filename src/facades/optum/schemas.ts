/** The shapes of the API: optum-create-body.md, sections 1 to 3. Wherever a member may be left out it may be null. */
import Type, { type TSchema } from 'typebox';

export const maybe = <Schema extends TSchema>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

export const maxCents = 1_000_000_000_000;

export const cents = (options = {}) => Type.Integer({ minimum: 1, maximum: maxCents, ...options });
const anyCents = () => Type.Integer({ minimum: -maxCents, maximum: maxCents });
const nonZeroCents = () => Type.Union([Type.Integer({ minimum: -maxCents, maximum: -1 }), cents()]);

/** Printed into X12 as it is: printable ASCII without `* ~ : ^`. */
const identifier = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern:
      '^[\\x21-\\x29\\x2b-\\x39\\x3b-\\x5d\\x5f-\\x7d](?:[\\x20-\\x29\\x2b-\\x39\\x3b-\\x5d\\x5f-\\x7d]*[\\x21-\\x29\\x2b-\\x39\\x3b-\\x5d\\x5f-\\x7d])?$',
  });
/** Printed as upper-case ASCII: anything with something to print in it. */
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '[^\\s*~:^]' });
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: '`YYYY-MM-DD`' });
const quantity = Type.Number({ minimum: 0.001, maximum: 999_999_999 });
const tin = Type.String({ pattern: '^\\d{9}$' });
const npi = Type.String({ pattern: '^\\d{10}$' });

const address = Type.Object({
  line1: text(55),
  line2: maybe(text(55)),
  city: text(30),
  state: Type.String({ pattern: '^[A-Z]{2}$' }),
  postalCode: Type.String({ pattern: '^\\d{5}(?:-?\\d{4})?$' }),
  country: maybe(Type.String({ pattern: '^[A-Z]{2}$' })),
});

export const deliveryMethod = Type.Enum(['ACH', 'CHECK', 'VIRTUAL_CARD']);

const paymentDetails = Type.Object({
  deliveryMethod: maybe(deliveryMethod),
  payer: maybe(
    Type.Object({
      name: text(60),
      tin,
      address: maybe(address),
      contact: maybe(Type.Object({ name: text(60), phone: maybe(identifier(20)) })),
    }),
  ),
  memo: maybe(Type.String({ maxLength: 80 })),
});

const payeeDetails = Type.Object({
  name: text(60),
  npi: maybe(npi),
  tin: maybe(tin),
  address: maybe(address),
  bankAccount: maybe(
    Type.Object({
      routingNumber: Type.String({ pattern: '^\\d{9}$' }),
      accountNumber: Type.String({ pattern: '^[A-Za-z0-9-]{1,17}$' }),
      accountType: maybe(Type.Enum(['checking', 'savings'])),
    }),
  ),
  email: maybe(Type.String({ maxLength: 254 })),
});

const adjustments = Type.Array(
  Type.Object({
    groupCode: Type.Enum(['CO', 'PR', 'OA', 'PI']),
    reasonCode: identifier(5),
    amount: nonZeroCents(),
    quantity: maybe(quantity),
  }),
  { maxItems: 99 },
);

const person = Type.Object({
  lastName: text(60),
  firstName: maybe(text(35)),
  middleName: maybe(text(25)),
  memberId: maybe(identifier(80)),
});

const serviceLine = Type.Object({
  procedureCode: Type.String({ pattern: '^[\\x21-\\x29\\x2b-\\x5d\\x5f-\\x7d]{1,48}$' }),
  procedureQualifier: maybe(identifier(2)),
  chargeAmount: anyCents(),
  paidAmount: anyCents(),
  units: maybe(quantity),
  serviceDate: maybe(date),
  adjustments: maybe(adjustments),
  lineControlNumber: maybe(identifier(50)),
  allowedAmount: maybe(anyCents()),
});

const claim = Type.Object({
  patientControlNumber: identifier(38),
  claimStatusCode: Type.Enum(['1', '2', '3', '4', '19', '20', '21', '22', '23', '25']),
  chargeAmount: anyCents(),
  paidAmount: anyCents(),
  patientResponsibilityAmount: maybe(anyCents()),
  claimFilingIndicatorCode: maybe(identifier(2)),
  payerClaimControlNumber: identifier(50),
  facilityCode: maybe(identifier(2)),
  frequencyCode: maybe(identifier(1)),
  adjustments: maybe(adjustments),
  patient: person,
  subscriber: maybe(person),
  renderingProvider: maybe(Type.Object({ lastName: text(60), firstName: maybe(text(35)), npi: maybe(npi) })),
  serviceDateFrom: maybe(date),
  serviceDateTo: maybe(date),
  receivedDate: maybe(date),
  serviceLines: maybe(Type.Array(serviceLine, { maxItems: 999 })),
});

const providerAdjustment = Type.Object({
  reasonCode: identifier(2),
  referenceId: maybe(identifier(50)),
  amount: nonZeroCents(),
  fiscalPeriodDate: maybe(date),
  providerIdentifier: maybe(identifier(50)),
});

export const accountId = Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' });

const orderMembers = {
  issuerReferenceId: Type.String({ pattern: '^[A-Za-z0-9._/-]{1,46}$' }),
  amount: cents({ description: 'US cents' }),
  accountId: maybe(accountId),
  paymentDetails: maybe(paymentDetails),
  payeeDetails,
  shippingDetails: maybe(Type.Object({ name: maybe(text(60)), attention: maybe(text(60)), address })),
  claimLevelInformation: maybe(Type.Array(claim, { maxItems: 10_000 })),
  providerLevelAdjustment: maybe(Type.Array(providerAdjustment, { maxItems: 1_000 })),
};
const claimCount = Type.Integer({ minimum: 0, maximum: 10_000 });

export const createPayment = Type.Object({ ...orderMembers, numberOfClaims: maybe(claimCount) });

/** In a batch the number of claims is stated, also where there are none. */
export const batchedPayment = Type.Object({ ...orderMembers, numberOfClaims: claimCount });

export const payment = Type.Object({
  paymentId: Type.String({ description: '32 hexadecimal digits' }),
  tenantId: Type.String(),
  issuerReferenceId: Type.String(),
  amount: Type.Integer({ description: 'US cents' }),
  status: Type.String(),
  version: Type.Integer({ description: 'Of the API' }),
});

export const paymentParams = Type.Object({ paymentId: Type.String() });
export const documentParams = Type.Object({ paymentId: Type.String(), documentId: Type.String() });

/** A body that may be left out, empty or null. */
export const optionalBody = <Members extends Record<string, TSchema>>(members: Members) =>
  Type.Union([Type.Object(members), Type.Null()]);

export const release = optionalBody({ releasedBy: maybe(Type.String({ maxLength: 200 })) });
export const voiding = optionalBody({ reason: maybe(Type.String({ maxLength: 500 })) });
export const reissue = optionalBody({
  reason: maybe(Type.String({ maxLength: 500 })),
  deliveryMethod: maybe(deliveryMethod),
});

export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const instant = Type.String({ format: 'date-time' });
const asReceived = Type.Object({}, { additionalProperties: true, description: 'As it was received' });
const text0 = nullable(Type.String());

export const details = Type.Object({
  ...payment.properties,
  accountId: Type.String(),
  createdAt: instant,
  updatedAt: instant,
  paymentDetails: nullable(asReceived),
  payeeDetails: asReceived,
  shippingDetails: nullable(asReceived),
  numberOfClaims: Type.Integer(),
  claimLevelInformation: Type.Array(asReceived),
  providerLevelAdjustment: Type.Array(asReceived),
  delivery: Type.Object({
    method: Type.String(),
    attempt: Type.Integer(),
    achTraceNumber: text0,
    checkNumber: text0,
    cardLast4: text0,
    effectiveDate: text0,
  }),
  remittance: nullable(
    Type.Object({
      traceNumber: Type.String({ description: 'TRN02' }),
      payerIdentifier: Type.String({ description: 'TRN03' }),
      claimsPaidAmount: Type.Integer(),
      adjustmentAmount: Type.Integer(),
    }),
  ),
  returned: nullable(Type.Object({ code: Type.String(), at: instant })),
  corrections: Type.Array(
    Type.Object({
      attempt: Type.Integer(),
      code: Type.String({ description: 'Of the notification of change: C01 to C14' }),
      correctedLast4: Type.String({ description: 'The end of what is right' }),
      at: instant,
    }),
  ),
  balance: Type.Object({
    amount: Type.Integer(),
    cleared: Type.Integer(),
    voided: Type.Integer(),
    available: Type.Integer(),
  }),
  statusHistory: Type.Array(Type.Object({ status: Type.String(), at: instant, reason: text0 })),
  attempts: Type.Array(
    Type.Object({
      attempt: Type.Integer(),
      method: Type.String(),
      achTraceNumber: text0,
      checkNumber: text0,
      traceNumber: text0,
      startedAt: instant,
      voidedAt: nullable(instant),
    }),
  ),
  documents: Type.Array(
    Type.Object({
      documentId: Type.String(),
      type: Type.Enum(['EOP', '835', 'CHECK', 'NACHA', 'POSITIVE_PAY']),
      mediaType: Type.String(),
      fileName: Type.String(),
      size: Type.Integer(),
      attempt: Type.Integer(),
      createdAt: instant,
      url: Type.String(),
    }),
  ),
  links: Type.Object({
    self: Type.String(),
    details: Type.String(),
    release: text0,
    void: text0,
    reissue: text0,
  }),
});

export const document = Type.String({ format: 'binary', description: 'The document itself' });
