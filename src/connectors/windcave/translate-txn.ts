/**
 * PxPost's `<Txn>` answer in our words. Pure. Everything that is not plainly an approval or a decline of exactly what
 * was asked is unknown: guessing either way loses or doubles money.
 */
import type { Inquiry, OperationRequest, Outcome } from '#kit/connector.ts';
import { sameMoney } from '#kit/money.ts';
import { readAmount } from './amount.ts';
import { readCard, withoutNumbers } from './card.ts';
import { noRecordCode, readCode, requestCodes, undecidedCodes } from './codes.ts';
import { field, type XmlElement } from './xml.ts';

/** The answer to a Purchase, Auth, Complete or Refund. `txnType` is the one that was sent. */
export function translateTxn(root: XmlElement, request: OperationRequest, txnType: string): Outcome {
  const answer = readAnswer(root, request.reference);
  if (typeof answer === 'string') return unknown(answer);
  if (answer.isDuplicate) return unknown('the reference was used before');
  if (answer.success) return approve(answer, request, txnType);
  if (answer.retry || undecidedCodes.has(answer.code)) return unknown(`undecided (${answer.code})`);
  return decline(answer, request, txnType);
}

/** The answer to a Status inquiry about a reference: the document of the original movement. */
export function translateStatus(root: XmlElement, request: OperationRequest, txnType: string): Inquiry {
  const answer = readAnswer(root, request.reference);
  if (typeof answer === 'string') return unknown(answer);
  if (answer.success) return approve(answer, request, txnType);
  if (answer.processorReference !== '') return decline(answer, request, txnType);
  if (answer.code === noRecordCode) return { kind: 'not-found' };
  // Without a DpsTxnRef it is the inquiry that was refused (a changed password, say), not the money.
  return unknown(`inquiry refused (${answer.code})`);
}

interface Answer {
  readonly transaction: XmlElement | undefined;
  readonly success: boolean;
  readonly retry: boolean;
  readonly isDuplicate: boolean;
  readonly code: string;
  readonly message: string;
  readonly processorReference: string;
}

/** The answer's plain facts, or why it is not a usable answer to `reference`. */
function readAnswer(root: XmlElement, reference: string): Answer | string {
  if (root.name !== 'Txn') return 'wrong shape';
  const transaction = root.children.get('Transaction');
  const success = field(root, 'Success');
  if (success !== '1' && success !== '0') return 'wrong shape';
  if ((transaction?.attributes.get('success') ?? success) !== success) return 'contradictory answer';
  if (field(root, 'TxnRef') !== reference) return 'answer to another reference';
  const authorized = field(transaction, 'Authorized');
  if (authorized !== '' && authorized !== success) return 'contradictory answer';
  const statusRequired = field(transaction, 'StatusRequired');
  if (statusRequired !== '0' && statusRequired !== '') return 'status required';
  const responseText = field(root, 'ResponseText');
  return {
    transaction,
    success: success === '1',
    retry: field(transaction, 'Retry') === '1',
    isDuplicate: /duplicate/i.test(`${responseText} ${field(root, 'HelpText')}`),
    code: readCode(field(root, 'ReCo')),
    message: withoutNumbers(responseText) || 'Declined',
    processorReference: field(root, 'DpsTxnRef'),
  };
}

/** Approved only if Success, Authorized and StatusRequired all say so, of the very movement asked for. */
function approve(answer: Answer, request: OperationRequest, txnType: string): Outcome {
  const { transaction, processorReference } = answer;
  if (transaction === undefined) return unknown('success without a transaction');
  if (field(transaction, 'Authorized') !== '1') return unknown('success without authorisation');
  if (field(transaction, 'StatusRequired') !== '0') return unknown('success without a final status');
  if (!/^[0-9a-f]{16}$/i.test(processorReference)) return unknown('success without a processor reference');
  const mismatch = findMismatch(transaction, request, txnType);
  if (mismatch !== undefined) return unknown(mismatch);
  const authorisationCode = withoutNumbers(field(transaction, 'AuthCode'));
  const token = field(transaction, 'DpsBillingId');
  const card = readCard(transaction);
  return {
    kind: 'approved',
    processorReference,
    amount: request.amount,
    code: answer.code,
    ...(authorisationCode === '' ? {} : { authorisationCode }),
    ...(card === undefined ? {} : { card }),
    ...(token === '' ? {} : { token }),
  };
}

function decline(answer: Answer, request: OperationRequest, txnType: string): Outcome {
  const { transaction, processorReference, code, message } = answer;
  // A refusal that never became a transaction has no amount to compare.
  if (processorReference !== '' && transaction !== undefined) {
    const mismatch = findMismatch(transaction, request, txnType);
    if (mismatch !== undefined) return unknown(mismatch);
  }
  return {
    kind: 'declined',
    code,
    message,
    cause: requestCodes.has(code) ? 'request' : 'processor',
    ...(processorReference === '' ? {} : { processorReference }),
  };
}

function findMismatch(
  transaction: XmlElement,
  request: OperationRequest,
  txnType: string,
): string | undefined {
  const currencyCode = field(transaction, 'InputCurrencyName') || field(transaction, 'CurrencyName');
  const amount = readAmount(field(transaction, 'Amount'), currencyCode);
  if (amount === undefined || !sameMoney(amount, request.amount)) return 'answer about another amount';
  if (field(transaction, 'TxnType') !== txnType) return 'answer about another kind of movement';
  return undefined;
}

function unknown(detail: string): { kind: 'unknown'; detail: string } {
  return { kind: 'unknown', detail };
}
