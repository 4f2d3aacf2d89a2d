/** What Windcave's response codes (ReCo) mean to us. Approval is never read from a code. */

/** The answer to a Status inquiry about a TxnId of which there is no record. */
export const noRecordCode = 'AF';

/**
 * Windcave lost touch with the bank: timeout towards it, bank timeout, communications error. A direct answer with one
 * of these is not final; the answer to a Status inquiry is, because Windcave then has settled it with the bank.
 */
export const undecidedCodes: ReadonlySet<string> = new Set(['U9', 'AE', 'X1']);

/** Windcave refused the request as such: credentials, malformed fields, a movement that does not fit its original. */
export const requestCodes: ReadonlySet<string> = new Set(
  (
    'U5 D2 D3 D4 D5 D9 AG A8 Q4 B1 QG Q8 QD J1 J2 V1 V2 V3 R0 ' +
    'IC ID IK IL IM IN IP IQ IT IU NF NK NL NM NN NO NP NQ NT'
  ).split(' '),
);

/** A code as it came, or nothing where it is none: two digits or capitals. */
export function readCode(text: string): string {
  return /^[0-9A-Z]{2}$/.test(text) ? text : '';
}
