import type { Money } from '#kit/money.ts';
import type { ClaimLanguage } from './texts.ts';

/** The page on which a payer claims a payment, adds what is asked for, and confirms. */
export type ClaimView = ClaimFrame & ClaimStage;

interface ClaimFrame {
  readonly language: ClaimLanguage;
  readonly seller: string;
  readonly testMode: boolean;
  readonly total: Money;
  /** What the shop calls the purchase. */
  readonly reference: string | null;
  /** What the forms post to: a path of this site, the token in its query. */
  readonly pageUrl: string;
  readonly problem?: ClaimProblem;
}

export type ClaimStage =
  /** Nobody known is here: a contact is asked for. */
  | { readonly stage: 'identify' }
  /** A code is on its way to the contact. */
  | { readonly stage: 'code'; readonly contact: string }
  /** The payer who claimed it looks it over. `session` is posted with every form, for browsers without cookies. */
  | {
      readonly stage: 'review';
      readonly session: string;
      readonly onlyHolds: boolean;
      /** Absent where none is asked for. */
      readonly prescription?: 'missing' | 'uploaded';
    }
  /** A payment is under way; at the processor's page, where the payer has not finished there. */
  | { readonly stage: 'waiting'; readonly continueUrl?: string }
  | { readonly stage: 'cancelled' | 'denied'; readonly returnTo: string };

/** What went wrong, as far as a payer can do anything about it. */
export type ClaimProblem =
  | 'contact'
  | 'code'
  | 'claimed-by-another'
  | 'too-many-codes'
  | 'not-a-pdf'
  | 'too-large'
  | 'no-prescription'
  | 'declined'
  | 'unavailable';
