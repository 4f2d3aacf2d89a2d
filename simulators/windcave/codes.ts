/** The text that comes with a response code; short, as on the wire (at most 32 characters). */
const texts: Readonly<Record<string, string>> = {
  '00': 'APPROVED',
  '05': 'DO NOT HONOUR',
  '12': 'INVALID TRANSACTION',
  U9: 'DECLINED (U9)',
  A8: 'INVALID AMOUNT',
  AF: 'TRANSACTION NOT FOUND',
  AQ: 'CARD TYPE NOT ACCEPTED',
  QI: 'INVALID EXPIRY DATE',
  QJ: 'INVALID EXPIRY DATE',
  QK: 'INVALID CARD NUMBER',
  QG: 'INVALID TXNTYPE',
  Q8: 'INVALID CURRENCY',
  QD: 'DpsTxnRef Invalid',
  JD: 'INVALID DPSBILLINGID',
  J1: 'REFUND NOT MATCHED',
  J2: 'REFUND EXCEEDS ORIGINAL',
  V1: 'CURRENCY MISMATCH',
  IC: 'INVALID KEY OR USER',
  IK: 'INVALID URLSUCCESS',
  IL: 'INVALID URLFAIL',
  IQ: 'INVALID TXNTYPE',
  IT: 'INVALID CURRENCY',
  IU: 'INVALID AMOUNT',
  NO: 'NON ASCII CHARACTERS',
  NT: 'INVALID KEY LENGTH',
};

/** Said of a TxnId that was used before for something else. */
export const duplicateText = 'TxnId/TxnRef duplicate';

export function responseText(code: string): string {
  return texts[code] ?? 'DECLINED';
}
