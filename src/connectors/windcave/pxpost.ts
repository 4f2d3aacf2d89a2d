import type { Inquiry, Network, OperationKind, OperationRequest, Outcome } from '#kit/connector.ts';
import { formatDecimal } from '#kit/money.ts';
import type { WindcaveAccount } from './account.ts';
import { asciiText } from './ascii-text.ts';
import { postXml } from './client.ts';
import { translateStatus, translateTxn } from './translate-txn.ts';
import { writeXml } from './xml.ts';

/** Our kinds as Windcave's TxnType. A card is validated by an Auth that is never completed: Validate may be switched
 * off on live accounts. */
export const txnTypes = {
  purchase: 'Purchase',
  auth: 'Auth',
  complete: 'Complete',
  refund: 'Refund',
  validate: 'Auth',
  // PxPost has no such thing: the capability is not claimed, and nobody asks for it.
  void: 'Void',
} as const satisfies Record<OperationKind, string>;

/** Moves money by PxPost: a charge of a stored card, or a Complete or Refund of an earlier movement. */
export async function sendTxn(
  account: WindcaveAccount,
  network: Network,
  request: OperationRequest,
): Promise<Outcome> {
  const body = writeXml('Txn', {
    PostUsername: account.postUsername,
    PostPassword: account.postPassword,
    TxnType: txnTypes[request.kind],
    Amount: formatDecimal(request.amount),
    InputCurrency: request.amount.currency,
    DpsBillingId: request.token,
    RecurringMode: request.token === undefined ? undefined : recurringMode(request),
    DpsTxnRef: request.originalReference,
    TxnId: request.reference,
    MerchantReference: asciiText(request.description, 64),
  });
  const reply = await postXml(network, account.pxPostUrl, body);
  if (reply.kind === 'failed') return { kind: 'unknown', detail: reply.detail };
  return translateTxn(reply.root, request, txnTypes[request.kind]);
}

function recurringMode({ recurring }: OperationRequest): string {
  return recurring === true ? 'Recurring' : 'UnscheduledCredentialOnFile';
}

/** Asks by PxPost Status what became of our reference, whichever of PxPay and PxPost it was sent to. */
export async function inquireTxn(
  account: WindcaveAccount,
  network: Network,
  request: OperationRequest,
): Promise<Inquiry> {
  const body = writeXml('Txn', {
    PostUsername: account.postUsername,
    PostPassword: account.postPassword,
    TxnType: 'Status',
    TxnId: request.reference,
  });
  const reply = await postXml(network, account.pxPostUrl, body);
  if (reply.kind === 'failed') return { kind: 'unknown', detail: reply.detail };
  return translateStatus(reply.root, request, txnTypes[request.kind]);
}
