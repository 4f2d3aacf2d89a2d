/** What Swish's error codes mean to us, in a 422 answer as in a finished request. Approval is never read from a code. */
import type { DeclineCause } from '#kit/connector.ts';

/** `undecided`: Swish itself does not know, or speaks of something else than the money. It is asked again. */
type Meaning = DeclineCause | 'undecided';

interface Code {
  readonly means: Meaning;
  readonly about: string;
}

const table = {
  FF08: { means: 'request', about: 'Our reference is not accepted' },
  RP03: { means: 'request', about: 'The callback address is not accepted' },
  BE18: { means: 'request', about: 'The phone number is not accepted' },
  RP01: { means: 'request', about: 'The Swish number of the merchant is missing' },
  PA01: { means: 'request', about: 'A field is not accepted' },
  PA02: { means: 'request', about: 'The amount is not accepted' },
  AM02: { means: 'request', about: 'The amount is too large' },
  AM03: { means: 'request', about: 'The currency is not accepted' },
  AM06: { means: 'request', about: 'The amount is too small' },
  RP02: { means: 'request', about: 'The message is not accepted' },
  RP06: { means: 'processor', about: 'The payer has another Swish payment open' },
  RP07: { means: 'undecided', about: 'The payment can no longer be cancelled' },
  RP09: { means: 'undecided', about: 'The instruction was used before' },
  ACMT01: { means: 'processor', about: 'The counterpart is not active' },
  ACMT03: { means: 'processor', about: 'The payer has no Swish' },
  ACMT07: { means: 'processor', about: 'The Swish number of the merchant is not active' },
  VR01: { means: 'processor', about: 'The payer is too young for this purchase' },
  VR02: { means: 'processor', about: 'The payer’s age is not known to Swish' },
  RF02: { means: 'processor', about: 'The payment to refund is not found, or older than 13 months' },
  RF03: { means: 'processor', about: 'The payment was made to another Swish number' },
  RF04: { means: 'processor', about: 'The merchant’s organisation has changed' },
  RF06: { means: 'processor', about: 'The payer’s personal number has changed' },
  RF07: { means: 'processor', about: 'Declined by the bank' },
  RF08: { means: 'processor', about: 'More than is left of the payment' },
  BANKIDCL: { means: 'payer', about: 'The payer cancelled the BankID signature' },
  BANKIDONGOING: { means: 'request', about: 'The payer’s BankID is busy elsewhere' },
  BANKIDUNKN: { means: 'request', about: 'BankID failed' },
  FF10: { means: 'request', about: 'The bank could not process it' },
  TM01: { means: 'timeout', about: 'Nobody approved it in time' },
  DS24: { means: 'undecided', about: 'The bank did not answer in time' },
} as const satisfies Readonly<Record<string, Code>>;

export type SwishCode = keyof typeof table;

export const swishCodes = Object.keys(table) as readonly SwishCode[];

/** What a code means; undefined of a code that is not documented, which tells nothing. */
export function readCode(code: string): Code | undefined {
  return Object.hasOwn(table, code) ? table[code as SwishCode] : undefined;
}
