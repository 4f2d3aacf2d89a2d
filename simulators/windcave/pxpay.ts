/** `POST /pxaccess/pxpay.aspx`: GenerateRequest opens a hosted page, ProcessResponse tells how it ended. */
import type { FastifyReply } from 'fastify';
import { findCurrency } from '#kit/currency.ts';
import type { IdSource } from '#kit/ids.ts';
import { deliverAnswer, type Exchange } from '../deliver-answer.ts';
import type { Surroundings } from '../simulator.ts';
import { duplicateText } from './codes.ts';
import {
  invalidRequestDocument,
  pageDocument,
  refusalDocument,
  refusedRequestDocument,
  responseDocument,
  unknownResponseDocument,
  xmlAnswer,
} from './documents.ts';
import { type Gateway, groupOf, readAmount } from './gateway.ts';
import type { Session, TxnType } from './state.ts';
import type { RequestDocument } from './xml.ts';

const pageLifeMs = 72 * 60 * 60 * 1000;

/** `origin` is where the hosted pages are, as the caller addressed us. */
export async function answerPxPay(
  document: RequestDocument,
  reply: FastifyReply,
  origin: string,
  gateway: Gateway,
  surroundings: Surroundings,
): Promise<void> {
  const isPage = document.root === 'GenerateRequest';
  const exchange: Exchange = {
    connector: 'windcave',
    request: isPage ? 'page' : 'result',
    act: async () =>
      xmlAnswer(
        isPage
          ? await generate(document, origin, gateway, surroundings.ids)
          : processResponse(document, gateway),
      ),
    skip: async () => undefined,
    wrongShape: () => xmlAnswer(refusalDocument('AF', '')),
    otherAnswer: () => xmlAnswer(isPage ? unknownResponseDocument() : pageDocument(origin)),
  };
  return deliverAnswer(exchange, reply, surroundings);
}

/** What is wrong with a login, as the document that says so. */
function checkLogin(document: RequestDocument): string | undefined {
  const key = document.field('PxPayKey');
  if (document.field('PxPayUserId') === '' || key === '') return invalidRequestDocument('userpass too short');
  if (key.length !== 64) return refusedRequestDocument('NT');
  if (!/^[0-9a-f]{64}$/i.test(key)) return invalidRequestDocument('Invalid Key');
  return undefined;
}

async function generate(
  document: RequestDocument,
  origin: string,
  gateway: Gateway,
  ids: IdSource,
): Promise<string> {
  const refusal = checkLogin(document);
  if (refusal !== undefined) return refusal;
  const session = readSession(document, gateway, ids);
  if (typeof session === 'string') return refusedRequestDocument(session);
  if (gateway.state.isUsed(session.group, session.txnId)) return refusedRequestDocument('IC', duplicateText);
  await gateway.open(session);
  return pageDocument(`${origin}/pxmi3/${session.token}`);
}

/** The session asked for, or the code with which it is refused. */
function readSession(document: RequestDocument, gateway: Gateway, ids: IdSource): Session | string {
  const { field } = document;
  const txnType = field('TxnType');
  if (!['Purchase', 'Auth', 'Validate'].includes(txnType)) return 'IQ';
  const currency = findCurrency(field('CurrencyInput'));
  if (currency === undefined) return 'IT';
  const amount = readAmount(field('AmountInput'), currency, txnType === 'Validate');
  if (amount === undefined) return 'IU';
  if (!isReturnUrl(field('UrlSuccess'))) return 'IK';
  if (!isReturnUrl(field('UrlFail'))) return 'IL';
  const texts = ['MerchantReference', 'TxnData1', 'TxnData2', 'TxnData3', 'EmailAddress'].map(field);
  if (texts.some((text) => /[^\x20-\x7e]/.test(text))) return 'NO';
  if (field('TxnId') === '' || field('TxnId').length > 16) return 'IP';
  const [merchantReference = '', txnData1 = '', txnData2 = '', txnData3 = '', emailAddress = ''] = texts;
  return {
    token: hexToken(ids, 40),
    result: hexToken(ids, 16),
    group: groupOf(field('PxPayUserId')),
    userId: field('PxPayUserId'),
    txnType: txnType as TxnType,
    txnId: field('TxnId'),
    amount,
    storeCard: field('EnableAddBillCard') === '1',
    urlSuccess: field('UrlSuccess'),
    urlFail: field('UrlFail'),
    expiresAt: readTimeout(field('Opt')) ?? new Date(gateway.now().getTime() + pageLifeMs).toISOString(),
    merchantReference: merchantReference.slice(0, 64),
    emailAddress,
    txnData: [txnData1, txnData2, txnData3],
  };
}

function isReturnUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && !text.includes('?') && text.length <= 255;
}

/** `TO=yymmddHHmm` in UTC. */
function readTimeout(opt: string): string | undefined {
  const match = /TO=(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(opt);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute] = match;
  return `20${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
}

function hexToken(ids: IdSource, bytes: number): string {
  return Buffer.from(ids.token(bytes), 'base64url').toString('hex');
}

function processResponse(document: RequestDocument, gateway: Gateway): string {
  const session = gateway.state.sessionByResult(document.field('Response'));
  if (session?.userId !== document.field('PxPayUserId') || checkLogin(document) !== undefined) {
    return unknownResponseDocument();
  }
  const end = gateway.state.sessionEnd(session.token);
  return end === undefined ? unknownResponseDocument() : responseDocument(session, end.transaction);
}
