/** `POST /pxpost.aspx`: money without the payer, and Status. */
import type { FastifyReply } from 'fastify';
import { findCurrency } from '#kit/currency.ts';
import { answerFlakily, deliverAnswer, type Exchange } from '../deliver-answer.ts';
import { statusFaults, takeDecline } from '../faults.ts';
import type { Surroundings } from '../simulator.ts';
import { duplicateText } from './codes.ts';
import { pageDocument, refusalDocument, transactionDocument, xmlAnswer } from './documents.ts';
import { type Gateway, groupOf, type Order, readAmount, type Verdict } from './gateway.ts';
import type { Transaction, TxnType } from './state.ts';
import type { RequestDocument } from './xml.ts';

const connector = 'windcave';
const txnTypes: readonly string[] = ['Purchase', 'Auth', 'Complete', 'Refund', 'Validate'];

export async function answerPxPost(
  document: RequestDocument,
  reply: FastifyReply,
  gateway: Gateway,
  surroundings: Surroundings,
): Promise<void> {
  const refusal = checkLogin(document);
  if (refusal !== undefined) {
    await deliver(reply, refusalDocument(refusal, document.field('TxnId')));
  } else if (document.field('TxnType') === 'Status') {
    await answerStatus(document, reply, gateway, surroundings);
  } else {
    await answerOrder(document, reply, gateway, surroundings);
  }
}

/** Any login is good, but for an empty one and a password that says of itself that it is wrong. */
function checkLogin(document: RequestDocument): string | undefined {
  if (document.field('PostUsername') === '') return 'AG';
  const password = document.field('PostPassword');
  if (password === '') return 'D3';
  return password.startsWith('wrong') ? 'U5' : undefined;
}

async function deliver(reply: FastifyReply, body: string): Promise<void> {
  reply.type(xmlAnswer(body).contentType).send(body);
}

async function answerOrder(
  document: RequestDocument,
  reply: FastifyReply,
  gateway: Gateway,
  surroundings: Surroundings,
): Promise<void> {
  const order = readOrder(document, gateway);
  if (typeof order === 'string') return deliver(reply, refusalDocument(order, document.field('TxnId')));
  const request = order.txnType.toLowerCase();
  const exchange: Exchange = {
    connector,
    request,
    act: async () => {
      const verdict = await gateway.execute(order, () =>
        takeDecline(surroundings.faults, connector, request),
      );
      const isUndecided = surroundings.faults.take(connector, request, ['status-required']) !== undefined;
      return xmlAnswer(verdictDocument(verdict, order.txnId, isUndecided));
    },
    skip: () => gateway.note({ kind: request, reference: order.txnId, code: '', amount: order.amount }),
    wrongShape: () => xmlAnswer(pageDocument('https://example.com/')),
    otherAnswer: () => xmlAnswer(transactionDocument(someoneElses(order, gateway.now()))),
  };
  return deliverAnswer(exchange, reply, surroundings);
}

function verdictDocument(verdict: Verdict, txnId: string, isUndecided: boolean): string {
  if (verdict.kind === 'refused') return refusalDocument(verdict.code, txnId);
  if (verdict.kind === 'duplicate') return refusalDocument('QD', txnId, duplicateText);
  return transactionDocument(verdict.transaction, isUndecided);
}

/** The order in a request, or the code with which it is refused. */
function readOrder(document: RequestDocument, gateway: Gateway): Order | string {
  const txnType = document.field('TxnType');
  if (!txnTypes.includes(txnType)) return 'QG';
  const group = groupOf(document.field('PostUsername'));
  const dpsTxnRef = document.field('DpsTxnRef');
  // A Complete or Refund may leave out the currency: it is the original's.
  const original = gateway.state.transactionByDpsTxnRef(group, dpsTxnRef);
  const currency = findCurrency(document.field('InputCurrency') || (original?.amount.currency ?? ''));
  if (currency === undefined) return 'Q8';
  const amount = readAmount(document.field('Amount'), currency, txnType === 'Validate');
  if (amount === undefined) return 'A8';
  if (document.field('TxnId').length > 16) return 'QD';
  return {
    group,
    txnType: txnType as TxnType,
    txnId: document.field('TxnId'),
    amount,
    merchantReference: document.field('MerchantReference').slice(0, 64),
    dpsTxnRef,
    dpsBillingId: document.field('DpsBillingId'),
    storeCard: document.field('EnableAddBillCard') === '1',
    ...readCard(document),
  };
}

function readCard(document: RequestDocument): Pick<Order, 'card'> {
  const number = document.field('CardNumber');
  if (number === '') return {};
  return {
    card: { number, expiry: document.field('DateExpiry'), holder: document.field('CardHolderName') },
  };
}

async function answerStatus(
  document: RequestDocument,
  reply: FastifyReply,
  gateway: Gateway,
  surroundings: Surroundings,
): Promise<void> {
  const txnId = document.field('TxnId');
  const fault = surroundings.faults.take(connector, 'status', statusFaults);
  const transaction = gateway.state.transaction(groupOf(document.field('PostUsername')), txnId);
  const known =
    fault?.kind === 'status-lags' && isYoung(transaction, gateway, surroundings) ? undefined : transaction;
  const body = known === undefined ? refusalDocument('AF', txnId) : transactionDocument(known);
  const code = known?.code ?? 'AF';
  await gateway.note({
    kind: 'status',
    reference: txnId,
    code,
    ...(known === undefined ? {} : { amount: known.amount }),
  });
  if (fault?.kind === 'status-flaky') return answerFlakily(fault, xmlAnswer(body), reply, surroundings);
  return deliver(reply, body);
}

function isYoung(transaction: Transaction | undefined, gateway: Gateway, { delays }: Surroundings): boolean {
  return (
    transaction !== undefined && gateway.now().getTime() - Date.parse(transaction.at) < delays.statusLagMs
  );
}

/** An approval of the same amount for somebody else: what a mixed-up connection would deliver. */
function someoneElses(order: Order, now: Date): Transaction {
  return {
    ...order,
    txnId: 'SOMEONEELSES0001',
    dpsTxnRef: '0000000c00000001',
    code: '00',
    at: now.toISOString(),
    card: {
      name: 'Visa',
      masked: '424242........42',
      expiry: '1299',
      holder: 'SOMEONE ELSE',
      mac: '00000000',
      code: '00',
      laterCode: '00',
    },
    original: '',
    fingerprint: '',
  };
}
