import { type CreateClaim, claimCreation } from './claims/create-claim.ts';
import type { Core } from './core.ts';
import { type CreateLink, linkCreation } from './links/create-link.ts';
import { type CreateOrder, orderCreation } from './orders/create-order.ts';
import { type CapturePayment, paymentCapturing } from './payments/capture-payment.ts';
import { type ChargeCard, cardCharging } from './payments/charge-card.ts';
import { type InitiatePayment, paymentInitiation } from './payments/initiate-payment.ts';
import { paymentRefunding, type RefundPayment } from './payments/refund-payment.ts';
import { type CreatePayout, payoutCreation } from './payouts/create-payout.ts';
import {
  type CreatePostransaction,
  postransactionCreation,
} from './postransactions/create-postransaction.ts';
import { type PracticeReading, practiceReading } from './practice/read-together.ts';

/**
 * The hot operations: each gathers the requests that arrive together and writes them with one commit, or reads for them
 * with one statement.
 */
export interface Batched {
  readonly createOrder: CreateOrder;
  readonly createLink: CreateLink;
  readonly initiatePayment: InitiatePayment;
  readonly createClaim: CreateClaim;
  readonly chargeCard: ChargeCard;
  readonly capturePayment: CapturePayment;
  readonly refundPayment: RefundPayment;
  readonly createPayout: CreatePayout;
  readonly createPostransaction: CreatePostransaction;
  readonly practice: PracticeReading;
}

export function batchOperations(core: Core): Batched {
  return {
    createOrder: orderCreation(core),
    createLink: linkCreation(core),
    initiatePayment: paymentInitiation(core),
    createClaim: claimCreation(core),
    chargeCard: cardCharging(core),
    capturePayment: paymentCapturing(core),
    refundPayment: paymentRefunding(core),
    createPayout: payoutCreation(core),
    createPostransaction: postransactionCreation(core),
    practice: practiceReading(core),
  };
}
