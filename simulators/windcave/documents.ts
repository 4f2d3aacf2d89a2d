/** The documents Windcave answers with, element for element as captured from its test accounts. */
import { formatDecimal } from '#kit/money.ts';
import type { Answer } from '../deliver-answer.ts';
import { responseText } from './codes.ts';
import type { Session, Transaction } from './state.ts';
import { elements, escapeXml } from './xml.ts';

/** HTTP 200 whatever the outcome: that is how these interfaces answer. */
export function xmlAnswer(body: string): Answer {
  return { status: 200, contentType: 'application/xhtml+xml; charset=utf-8', body };
}

/** GenerateRequest accepted. */
export function pageDocument(uri: string): string {
  return `<Request valid="1">${elements({ URI: uri })}</Request>`;
}

/** GenerateRequest refused for its credentials or form: the text stands where the address would. */
export function invalidRequestDocument(text: string): string {
  return `<Request valid="0">${elements({ URI: text })}</Request>`;
}

/** GenerateRequest understood and refused. */
export function refusedRequestDocument(code: string, text = responseText(code)): string {
  return `<Request valid="1">${elements({ Reco: code, ResponseText: text })}</Request>`;
}

/** ProcessResponse for a token that means nothing: all elements there, and empty. */
export function unknownResponseDocument(): string {
  return `<Response valid="0">${elements({ ...emptyResponse, ResponseText: 'Invalid Token' })}</Response>`;
}

/** ProcessResponse: how a session ended. Without a transaction, the payer cancelled it. */
export function responseDocument(session: Session, transaction: Transaction | undefined): string {
  const ending = transaction === undefined ? cancelled : resultFields(transaction);
  const fields = { ...emptyResponse, ...echoFields(session), ...ending };
  return `<Response valid="1">${elements(fields)}</Response>`;
}

const emptyResponse: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'Success TxnType CurrencyInput MerchantReference TxnData1 TxnData2 TxnData3 AuthCode CardName CardHolderName ' +
    'CardNumber DateExpiry ClientInfo TxnId EmailAddress DpsTxnRef BillingId DpsBillingId AmountSettlement ' +
    'CurrencySettlement DateSettlement TxnMac ResponseText ReCo CardNumber2 Cvc2ResultCode'
  )
    .split(' ')
    .map((name) => [name, '']),
);

const cancelled = { Success: '0', CardHolderName: 'User Cancelled', ResponseText: 'DECLINED' };

function echoFields(session: Session): Record<string, string> {
  return {
    TxnType: session.txnType,
    CurrencyInput: session.amount.currency,
    MerchantReference: session.merchantReference,
    TxnData1: session.txnData[0],
    TxnData2: session.txnData[1],
    TxnData3: session.txnData[2],
    ClientInfo: '127.0.0.1',
    TxnId: session.txnId,
    EmailAddress: session.emailAddress,
    AmountSettlement: formatDecimal(session.amount),
    CurrencySettlement: session.amount.currency,
  };
}

function resultFields(transaction: Transaction): Record<string, string> {
  const { code, card, dpsTxnRef, dpsBillingId } = transaction;
  const isApproved = code === '00';
  return {
    Success: bit(isApproved),
    AuthCode: isApproved ? timeOf(transaction) : '',
    CardName: card.name,
    CardHolderName: card.holder,
    CardNumber: card.masked,
    DateExpiry: card.expiry,
    DpsTxnRef: dpsTxnRef,
    DpsBillingId: isApproved ? dpsBillingId : '',
    DateSettlement: dateOf(transaction),
    TxnMac: card.mac,
    ResponseText: responseText(code),
    ReCo: code,
    Cvc2ResultCode: 'NotUsed',
  };
}

/** A PxPost answer about a transaction. `isUndecided` is Windcave's "ask me again": StatusRequired. */
export function transactionDocument(transaction: Transaction, isUndecided = false): string {
  const { code, dpsTxnRef, txnId } = transaction;
  const isApproved = code === '00' && !isUndecided;
  const text = isUndecided ? 'STATUS REQUIRED' : responseText(code);
  const attributes = `success="${bit(isApproved)}" reco="${code}" responseText="${escapeXml(text)}" pxTxn="true"`;
  const inner = elements(transactionFields(transaction, isApproved, isUndecided, text));
  const outer = txnFields({ code, text, isApproved, dpsTxnRef, txnId });
  return `<Txn><Transaction ${attributes}>${inner}</Transaction>${elements(outer)}</Txn>`;
}

/** A PxPost answer to what never became a transaction: the outer elements only. */
export function refusalDocument(code: string, txnId: string, text = responseText(code)): string {
  return `<Txn>${elements(txnFields({ code, text, isApproved: false, dpsTxnRef: '', txnId }))}</Txn>`;
}

interface Outer {
  readonly code: string;
  readonly text: string;
  readonly isApproved: boolean;
  readonly dpsTxnRef: string;
  readonly txnId: string;
}

function txnFields({ code, text, isApproved, dpsTxnRef, txnId }: Outer): Record<string, string> {
  return {
    ReCo: code,
    ResponseText: text,
    HelpText: isApproved ? 'Transaction Approved' : text,
    Success: bit(isApproved),
    DpsTxnRef: dpsTxnRef,
    TxnRef: txnId,
    RmReason: '',
    RmReasonId: '0',
    RiskScore: '-1',
    RiskScoreText: '',
  };
}

function transactionFields(
  transaction: Transaction,
  isApproved: boolean,
  isUndecided: boolean,
  text: string,
): Record<string, string> {
  const { code, amount, card, dpsTxnRef, at } = transaction;
  const received = at.replace(/\D/g, '').slice(0, 14);
  const description = isApproved ? 'The Transaction was approved' : text;
  return {
    Authorized: bit(isApproved),
    ReCo: code,
    RxDate: received,
    RxDateLocal: received,
    LocalTimeZone: 'UTC',
    MerchantReference: transaction.merchantReference,
    CardName: card.name,
    Retry: bit(code === 'U9'),
    StatusRequired: bit(isUndecided),
    AuthCode: isApproved ? timeOf(transaction) : '',
    AmountBalance: '0.00',
    Amount: formatDecimal(amount),
    CurrencyId: currencyNumbers[amount.currency] ?? '',
    InputCurrencyId: currencyNumbers[amount.currency] ?? '',
    InputCurrencyName: amount.currency,
    CurrencyRate: '1.00',
    CurrencyName: amount.currency,
    CardHolderName: card.holder,
    DateSettlement: dateOf(transaction),
    TxnType: transaction.txnType,
    CardNumber: card.masked,
    TxnMac: card.mac,
    DateExpiry: card.expiry,
    ProductId: '',
    AcquirerDate: dateOf(transaction),
    AcquirerTime: timeOf(transaction),
    AcquirerId: '9001',
    Acquirer: 'Undefined',
    AcquirerReCo: code,
    AcquirerResponseText: text,
    TestMode: '1',
    CardId: card.name === 'Visa' ? '2' : '',
    CardHolderResponseText: text,
    CardHolderHelpText: description,
    CardHolderResponseDescription: description,
    MerchantResponseText: text,
    MerchantHelpText: isApproved ? 'Transaction Approved' : text,
    MerchantResponseDescription: description,
    Cvc2ResultCode: 'NotUsed',
    AcquirerPort: '',
    AcquirerTxnRef: '',
    GroupAccount: '9997',
    DpsTxnRef: dpsTxnRef,
    AllowRetry: bit(isApproved || code === 'U9'),
    DpsBillingId: isApproved ? transaction.dpsBillingId : '',
    BillingId: '',
    TransactionId: dpsTxnRef.slice(8),
    PxHostId: dpsTxnRef.slice(0, 8),
    RmReason: '',
    RmReasonId: '0',
    RiskScore: '-1',
    RiskScoreText: '',
  };
}

/** ISO 4217 numbers as Windcave writes them, without a leading zero. */
const currencyNumbers: Readonly<Record<string, string>> = {
  AUD: '36',
  CAD: '124',
  CHF: '756',
  CZK: '203',
  DKK: '208',
  EUR: '978',
  GBP: '826',
  HUF: '348',
  ISK: '352',
  JPY: '392',
  KWD: '414',
  NOK: '578',
  NZD: '554',
  PLN: '985',
  SEK: '752',
  SGD: '702',
  USD: '840',
};

function bit(value: boolean): '0' | '1' {
  return value ? '1' : '0';
}

/** `yyyyMMdd`; the epoch of 1980 for what never went to the bank. */
function dateOf({ at, code }: Transaction): string {
  return code === 'AQ' ? '19800101' : at.slice(0, 10).replaceAll('-', '');
}

/** `HHmmss`, which on the test acquirer is also the authorisation code. */
function timeOf({ at }: Transaction): string {
  return at.slice(11, 19).replaceAll(':', '');
}
