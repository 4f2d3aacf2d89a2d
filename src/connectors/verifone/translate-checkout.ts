/**
 * Verifone's answers about checkouts in our words. Pure. Only an event TRANSACTION_SUCCESS is an approval, and only what
 * cannot be paid any more is declined: up to its third failed try a checkout goes on taking cards.
 */
import type { Outcome, PageOutcome } from '#kit/connector.ts';
import type { Money } from '#kit/money.ts';
import type { VerifoneAccount } from './account.ts';
import { chargedStatuses, maxFailedTries } from './codes.ts';
import {
  asArray,
  asObject,
  type JsonObject,
  readAmount,
  readCode,
  text,
  withoutNumbers,
} from './read-json.ts';

/** A checkout as Verifone tells of it. */
export interface Checkout {
  readonly id: string;
  readonly reference: string;
  readonly amount: Money;
  readonly createdAt: string;
  /** Its `transaction_id`, where one is told. */
  readonly transactionId: string;
  /** It expired before anybody could have used it: closed by us. */
  readonly isClosed: boolean;
  /** Details of the tries, by how they ended. */
  readonly successes: readonly JsonObject[];
  readonly failures: readonly JsonObject[];
}

/** The answer to the creation of a checkout. A page elsewhere than the account says is not one to send a payer to. */
export function translatePage(document: unknown, account: Pick<VerifoneAccount, 'pageOrigins'>): PageOutcome {
  const answer = asObject(document);
  const url = URL.parse(text(answer, 'url'));
  if (text(answer, 'id') === '' || url === null) return { kind: 'unknown', detail: 'wrong shape' };
  if (!account.pageOrigins.includes(url.origin))
    return { kind: 'unknown', detail: 'page at an origin that is not set up' };
  return { kind: 'opened', url: url.href };
}

/** A checkout of this account, or why the document is not one. */
export function readCheckout(
  document: unknown,
  account: Pick<VerifoneAccount, 'entityId'>,
): Checkout | string {
  const answer = asObject(document);
  const events = asArray(answer?.events ?? []);
  const id = text(answer, 'id');
  const reference = text(answer, 'merchant_reference');
  const createdAt = text(answer, 'created_at');
  const createdMs = Date.parse(createdAt);
  if (answer === undefined || events === undefined || id === '' || Number.isNaN(createdMs))
    return 'wrong shape';
  if (text(answer, 'entity_id') !== account.entityId) return 'answer about another organisation';
  if (reference === '') return 'answer without a reference';
  const amount = readAmount(answer.amount, text(answer, 'currency_code'));
  if (amount === undefined) return 'answer without an amount';
  const detailsOf = (type: string) =>
    events.flatMap((event) => {
      const read = asObject(event);
      return text(read, 'type') === type ? [asObject(read?.details) ?? {}] : [];
    });
  return {
    id,
    reference,
    amount,
    createdAt,
    transactionId: text(answer, 'transaction_id'),
    isClosed: Date.parse(text(answer, 'expiry_time')) <= createdMs,
    successes: detailsOf('TRANSACTION_SUCCESS'),
    failures: detailsOf('TRANSACTION_FAILED'),
  };
}

/** How a checkout ended; `waiting` while it may still be paid, or may have expired unpaid. */
export function judgeCheckout(checkout: Checkout): Outcome {
  const { successes, failures, transactionId, isClosed } = checkout;
  const [success, ...more] = successes;
  if (more.length > 0) return unknown('several approvals of one checkout');
  if (success !== undefined) return judgeSuccess(checkout, success);
  if (transactionId !== '') return unknown('a transaction without its event');
  const last = failures.at(-1);
  if (failures.length < maxFailedTries && !isClosed) return { kind: 'waiting' };
  return {
    kind: 'declined',
    code: readCode(text(last, 'reasonCode', 'reason_code')),
    message: withoutNumbers(text(last, 'message')) || (last === undefined ? 'Cancelled' : 'Declined'),
    cause: last === undefined ? 'payer' : 'processor',
  };
}

function judgeSuccess({ amount, transactionId }: Checkout, details: JsonObject): Outcome {
  const processorReference = text(details, 'id');
  if (!/^[0-9A-Za-z-]{8,64}$/.test(processorReference)) return unknown('approval without a transaction');
  if (transactionId !== '' && transactionId !== processorReference) return unknown('contradictory answer');
  if (!chargedStatuses.has(text(details, 'status'))) return unknown('approval without a charge');
  const reversal = text(details, 'reversalStatus', 'reversal_status');
  if (reversal !== '' && reversal !== 'NONE') return unknown('approval that was reversed');
  const authorisationCode = withoutNumbers(text(details, 'authorizationCode', 'authorization_code'));
  return {
    kind: 'approved',
    processorReference,
    amount,
    code: readCode(text(details, 'reasonCode', 'reason_code')),
    ...(authorisationCode === '' ? {} : { authorisationCode }),
  };
}

function unknown(detail: string): { kind: 'unknown'; detail: string } {
  return { kind: 'unknown', detail };
}
