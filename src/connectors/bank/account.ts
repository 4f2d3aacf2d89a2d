import type { ConnectorAccount } from '#kit/connector.ts';
import { invalid } from '#kit/errors.ts';
import { passesLuhn } from '#kit/luhn.ts';

/** What payers need to know of the account. All of it is printed on invoices; none of it is secret. */
export const accountFields = [
  { name: 'bankgiroNumber', secret: false, about: 'Bankgiro, for OCR payments in Sweden: 5050-1055' },
  { name: 'iban', secret: false, about: 'IBAN, for payments from abroad and in euro' },
  { name: 'bic', secret: false, about: 'BIC of the bank' },
  { name: 'clearingNumber', secret: false, about: 'Clearing number: 4 or 5 digits' },
  { name: 'accountNumber', secret: false, about: 'Account number without the clearing number' },
] as const;

type FieldName = (typeof accountFields)[number]['name'];

const checks = {
  bankgiroNumber: (text) => /^\d{3,4}-?\d{4}$/.test(text) && passesLuhn(text.replace('-', '')),
  iban: (text) => isIban(text.replaceAll(' ', '')),
  bic: (text) => /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text),
  clearingNumber: (text) => /^\d{4,5}$/.test(text),
  accountNumber: (text) => /^\d{1,15}$/.test(text),
} as const satisfies Record<FieldName, (text: string) => boolean>;

/**
 * Refuses an account nobody could pay to: a field that is mistyped, or neither bankgiro nor IBAN. Throws a
 * `validation_failed` CoreError that names the field: a digit that is wrong here is wrong on every invoice.
 */
export function requireAccount(account: ConnectorAccount): void {
  for (const { name } of accountFields) {
    const text = account[name];
    if (text !== undefined && !checks[name](text))
      throw invalid(name, 'invalid_format', `${name} is mistyped.`);
  }
  if (account.bankgiroNumber === undefined && account.iban === undefined)
    throw invalid('bankgiroNumber', 'missing_field', 'A bankgiro number or an IBAN is needed.');
}

/** ISO 13616: with its head moved to the end and its letters counted from ten, the number leaves 1 modulo 97. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(text)) return false;
  const digits = Array.from(text.slice(4) + text.slice(0, 4), (character) => Number.parseInt(character, 36));
  return BigInt(digits.join('')) % 97n === 1n;
}
