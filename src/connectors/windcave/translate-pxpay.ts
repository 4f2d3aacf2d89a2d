/** PxPay's `<Request>` and `<Response>` answers in our words. Pure. */
import type { Outcome, PageOutcome, ReturnReading } from '#kit/connector.ts';
import { sameMoney } from '#kit/money.ts';
import { readAmount } from './amount.ts';
import { readCard, withoutNumbers } from './card.ts';
import { readCode, requestCodes, undecidedCodes } from './codes.ts';
import { field, type XmlElement } from './xml.ts';

/** The answer to GenerateRequest. The page must be at least as private as the API: `protocol` is the API's. */
export function translatePage(root: XmlElement, protocol: string): PageOutcome {
  const valid = root.attributes.get('valid');
  if (root.name !== 'Request' || (valid !== '0' && valid !== '1')) return unknown('wrong shape');
  const uri = field(root, 'URI');
  // With valid="0" the text of the error stands where the URL would.
  if (valid === '0') return { kind: 'declined', code: '', message: withoutNumbers(uri) || 'Refused' };
  const code = readCode(field(root, 'Reco') || field(root, 'ReCo'));
  const message = withoutNumbers(field(root, 'ResponseText'));
  if (/duplicate/i.test(message)) return unknown('the reference was used before');
  if (uri === '') return code === '' ? unknown('wrong shape') : { kind: 'declined', code, message };
  if (URL.parse(uri)?.protocol !== protocol) return unknown('page address of another kind');
  return { kind: 'opened', url: uri };
}

/** The answer to ProcessResponse. `valid` means the token was understood, not that anything was paid. */
export function translateResponse(root: XmlElement): ReturnReading {
  const valid = root.attributes.get('valid');
  if (root.name !== 'Response' || (valid !== '0' && valid !== '1')) return unavailable('wrong shape');
  if (valid === '0') return { kind: 'foreign' };
  const reference = field(root, 'TxnId');
  if (reference === '') return unavailable('answer without a reference');
  return { kind: 'read', reference, outcome: readOutcome(root) };
}

function readOutcome(root: XmlElement): Outcome {
  const success = field(root, 'Success');
  const code = readCode(field(root, 'ReCo'));
  if (success === '1') return readApproval(root, code);
  if (success !== '0') return unknown('wrong shape');
  const message = withoutNumbers(field(root, 'ResponseText')) || 'Declined';
  if (/^user cancelled$/i.test(field(root, 'CardHolderName'))) {
    return { kind: 'declined', code, message, cause: 'payer' };
  }
  // PxPay has no StatusRequired element; the Status inquiry that follows an unknown settles these.
  if (undecidedCodes.has(code)) return unknown(`undecided (${code})`);
  const processorReference = field(root, 'DpsTxnRef');
  return {
    kind: 'declined',
    code,
    message,
    cause: requestCodes.has(code) ? 'request' : 'processor',
    ...(processorReference === '' ? {} : { processorReference }),
  };
}

function readApproval(root: XmlElement, code: string): Outcome {
  const currencyCode = field(root, 'CurrencySettlement');
  const amount = readAmount(field(root, 'AmountSettlement'), currencyCode);
  const processorReference = field(root, 'DpsTxnRef');
  if (amount === undefined) return unknown('approval without an amount');
  if (field(root, 'CurrencyInput') !== currencyCode) return unknown('settled in another currency');
  const asked = readAmount(field(root, 'TxnData1'), currencyCode);
  if (asked === undefined || !sameMoney(asked, amount)) return unknown('settled another amount');
  if (!/^[0-9a-f]{16}$/i.test(processorReference)) return unknown('approval without a processor reference');
  const card = readCard(root);
  const authorisationCode = withoutNumbers(field(root, 'AuthCode'));
  const token = field(root, 'DpsBillingId');
  return {
    kind: 'approved',
    processorReference,
    amount,
    code,
    ...(authorisationCode === '' ? {} : { authorisationCode }),
    ...(card === undefined ? {} : { card }),
    ...(token === '' ? {} : { token }),
  };
}

function unknown(detail: string): { kind: 'unknown'; detail: string } {
  return { kind: 'unknown', detail };
}

function unavailable(detail: string): ReturnReading {
  return { kind: 'unavailable', detail };
}
