import { type CreateClaim, claimCreation } from './claims/create-claim.ts';
import type { Core } from './core.ts';
import { type CreateLink, linkCreation } from './links/create-link.ts';
import { type CreateOrder, orderCreation } from './orders/create-order.ts';
import { type InitiatePayment, paymentInitiation } from './payments/initiate-payment.ts';

/** The hot operations: each gathers the requests that arrive together and writes them with one commit. */
export interface Batched {
  readonly createOrder: CreateOrder;
  readonly createLink: CreateLink;
  readonly initiatePayment: InitiatePayment;
  readonly createClaim: CreateClaim;
}

export function batchOperations(core: Core): Batched {
  return {
    createOrder: orderCreation(core),
    createLink: linkCreation(core),
    initiatePayment: paymentInitiation(core),
    createClaim: claimCreation(core),
  };
}
