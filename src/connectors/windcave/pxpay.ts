import type { Network, PageOutcome, PageRequest, ReturnReading } from '#kit/connector.ts';
import { formatDecimal } from '#kit/money.ts';
import type { WindcaveAccount } from './account.ts';
import { asciiText } from './ascii-text.ts';
import { postXml } from './client.ts';
import { txnTypes } from './pxpost.ts';
import { translatePage, translateResponse } from './translate-pxpay.ts';
import { writeXml } from './xml.ts';

/** Asks for a hosted page by PxPay 2.0 GenerateRequest. */
export async function openPage(
  account: WindcaveAccount,
  network: Network,
  request: PageRequest,
): Promise<PageOutcome> {
  const body = writeXml('GenerateRequest', {
    PxPayUserId: account.pxPayUserId,
    PxPayKey: account.pxPayKey,
    TxnType: txnTypes[request.kind],
    AmountInput: formatDecimal(request.amount),
    CurrencyInput: request.amount.currency,
    MerchantReference: asciiText(request.description, 64),
    // The answer echoes this and not AmountInput: with it, the settled amount is checked against the one asked for.
    TxnData1: formatDecimal(request.amount),
    EmailAddress: request.payerEmail === undefined ? undefined : asciiText(request.payerEmail, 255),
    TxnId: request.reference,
    EnableAddBillCard: request.storeCard ? '1' : undefined,
    RecurringMode: request.storeCard ? recurringMode(request) : undefined,
    UrlSuccess: request.returnUrl,
    UrlFail: request.returnUrl,
    Opt: `TO=${pageTimeout(request.expiresAt)}`,
  });
  const reply = await postXml(network, account.pxPayUrl, body);
  if (reply.kind === 'failed') return { kind: 'unknown', detail: reply.detail };
  return translatePage(reply.root, new URL(account.pxPayUrl).protocol);
}

/**
 * Reads what PxPay appended to the return URL, `result` and `userid`, by ProcessResponse. Both the payer's browser and
 * the notification carry it, unsigned; only Windcave's answer to our own credentials counts.
 */
export async function readReturn(
  account: WindcaveAccount,
  network: Network,
  query: URLSearchParams,
): Promise<ReturnReading> {
  const [result = '', ...moreResults] = query.getAll('result');
  if (moreResults.length > 0 || query.get('userid') !== account.pxPayUserId) return { kind: 'foreign' };
  // 32 hexadecimal characters today; earlier versions had longer ones.
  if (!/^[0-9A-Za-z_-]{16,256}$/.test(result)) return { kind: 'foreign' };
  const body = writeXml('ProcessResponse', {
    PxPayUserId: account.pxPayUserId,
    PxPayKey: account.pxPayKey,
    Response: result,
  });
  const reply = await postXml(network, account.pxPayUrl, body);
  if (reply.kind === 'failed') return { kind: 'unavailable', detail: reply.detail };
  return translateResponse(reply.root);
}

function recurringMode({ recurring }: PageRequest): string {
  return recurring === true ? 'recurringinitial' : 'unscheduledcredentialonfileinitial';
}

/** `yymmddHHmm` in UTC. Rounded down: after the instant asked for, the page must not take money. */
function pageTimeout(at: Date): string {
  return at.toISOString().replace(/[-T:]/g, '').slice(2, 12);
}
