/** The shapes of allocations, disbursements and payouts (facts A6). */
import Type from 'typebox';
import { instant, listOf, metadata, nullable, page, uuid } from './schemas.ts';

export { idParams } from './schemas.ts';

const recipientType = Type.Enum(['tenant', 'merchant', 'payment_facilitator']);

export const allocationQuery = Type.Object({
  payment_id: Type.Optional(uuid()),
  payment_order_id: Type.Optional(uuid()),
  disbursement_id: Type.Optional(uuid()),
  payout_id: Type.Optional(uuid()),
  merchant_id: Type.Optional(uuid()),
  ...page,
});

const allocation = Type.Object({
  id: uuid(),
  allocated_at: Type.String(),
  amount: Type.Integer(),
  currency: Type.String(),
  label: nullable(Type.String()),
  merchant_id: nullable(uuid()),
  order_item_merchant_id: nullable(uuid()),
  metadata,
  payment_id: uuid(),
  payment_order_id: uuid(),
  recipient_name: Type.String(),
  recipient_type: recipientType,
  recipient_bank_account: Type.Null(),
  reference: Type.String(),
  settled_at: nullable(Type.String()),
  disbursement_id: nullable(uuid()),
  disbursed_at: nullable(Type.String()),
  payout_id: nullable(uuid()),
});

/** One page of them; those of an order are a bare array in every version. */
export const allocations = listOf(allocation);
export const allocationsOfOrder = Type.Array(allocation);

export const periodQuery = Type.Object({ from: instant(), to: instant(), limit: page.limit });

const settlement = Type.Object({
  id: uuid(),
  allocation_id: uuid(),
  amount: Type.Integer(),
  label: nullable(Type.String()),
  merchant_id: nullable(uuid()),
  reference: Type.String(),
  payment_id: uuid(),
  payment_order_id: uuid(),
  recipient_name: Type.String(),
  recipient_type: recipientType,
  metadata,
});

export const disbursement = Type.Object({
  id: uuid(),
  amount: Type.Integer(),
  currency: Type.String(),
  disbursed_at: Type.String(),
  settlements: Type.Array(settlement),
  manual_corrections: Type.Array(Type.Object({})),
});

export const disbursements = Type.Array(disbursement);

export const payout = Type.Object({
  id: uuid(),
  amount: Type.Integer(),
  currency: Type.String(),
  completed_at: Type.String(),
});

export const payouts = Type.Array(payout);
