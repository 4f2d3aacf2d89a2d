/** The shapes of batches: optum-create-body.md, section 4. Totals of a batch are dollars, all else is cents. */
import Type from 'typebox';
import { accountId, batchedPayment, maybe, nullable, optionalBody, payment } from './schemas.ts';

const maxDollars = 9_000_000_000_000;
const dollars = Type.Number({
  minimum: 0.01,
  maximum: maxDollars,
  description: 'US dollars, at most two decimals',
});
const count = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
const releasedBy = Type.String({ minLength: 1, maxLength: 200 });
const id = Type.String({ maxLength: 64, description: '32 hexadecimal digits' });

const expectations = {
  expectedBatchTotal: maybe(dollars),
  expectedNumberOfPayments: maybe(count),
};

export const createBatch = Type.Object({
  clientRequestId: Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\x20-\\x7e]+$' }),
  accountId: maybe(accountId),
  subAccountId: maybe(accountId),
  ...expectations,
});
/** For what needs no body, and may be sent one. */
export const nothing = optionalBody({});
export const changeBatch = Type.Object(expectations);
export const addPayments = Type.Object({
  payments: Type.Array(batchedPayment, { minItems: 1, maxItems: 1_000 }),
});
export const releaseBatch = Type.Object({ batchId: id, releasedBy });
export const releasePart = Type.Object({
  batchId: id,
  releasedBy,
  paymentIds: Type.Array(id, { minItems: 1, maxItems: 10_000 }),
});

export const batchParams = Type.Object({ batchId: Type.String() });
export const batchesQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: '^(?:[1-9]\\d?|100)?$', description: '1 to 100, by default 50' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: 'The `nextCursor` of the page before' })),
});

export const batch = Type.Object({
  batchId: id,
  tenantId: Type.String(),
  clientRequestId: Type.String(),
  accountId: Type.String(),
  subAccountId: nullable(Type.String()),
  fundingType: Type.String(),
  fundingRequestId: nullable(Type.String({ description: 'Once its funding is asked for' })),
  batchStatus: Type.String(),
  expectedBatchTotal: nullable(Type.Number({ description: 'US dollars' })),
  expectedNumberOfPayments: nullable(Type.Integer()),
  currentBatchTotal: Type.Number({ description: 'US dollars' }),
  currentNumberOfPayments: Type.Integer(),
  batchCreatedDate: Type.String({ format: 'date-time' }),
});
export const batchWithPayments = Type.Object({ ...batch.properties, payments: Type.Array(payment) });
export const batches = Type.Object({ data: Type.Array(batch), nextCursor: nullable(Type.String()) });
