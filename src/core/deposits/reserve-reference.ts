/** The numbers payers write on transfers: OCR or KID, with Luhn's check digit at the end. */
import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { IdSource } from '#kit/ids.ts';
import { luhnDigit, passesLuhn } from '#kit/luhn.ts';
import type { DepositReference } from './deposit.ts';
import { insertReference } from './store.ts';

/** Digits before the check digit. Twelve in all are short enough to type, and never look like a card's number. */
const bodyDigits = 11;

/** Numbers tried before giving up: in a book of a million invoices one in a hundred thousand is taken. */
const maxTries = 5;

/** Whether a tenant's own number is one that banks take: 2 to 25 digits, the last one Luhn's. */
export function isReference(text: string): boolean {
  return /^\d{2,25}$/.test(text) && passesLuhn(text);
}

/**
 * Gives something a number of its own, a new one or the tenant's; `operation_forbidden` where that one is taken.
 */
export async function reserveReference(
  ids: IdSource,
  transaction: Transaction,
  wanted: Omit<DepositReference, 'reference'> & { readonly reference: string | undefined },
): Promise<DepositReference> {
  if (wanted.reference !== undefined) {
    const row = { ...wanted, reference: wanted.reference };
    if (await insertReference(transaction, row)) return row;
    throw new CoreError('operation_forbidden', `The reference ${row.reference} is taken.`);
  }
  for (let tried = 0; tried < maxTries; tried += 1) {
    const row = { ...wanted, reference: makeReference(ids) };
    if (await insertReference(transaction, row)) return row;
  }
  throw new Error(`no free reference in ${maxTries} tries`);
}

function makeReference(ids: IdSource): string {
  const random = BigInt(`0x${ids.uuid().replaceAll('-', '')}`);
  const body = (random % 10n ** BigInt(bodyDigits)).toString().padStart(bodyDigits, '0');
  return body + luhnDigit(body);
}
