import type { CardDetails } from '#kit/connector.ts';
import { field, type XmlElement } from './xml.ts';

/** Windcave's spelling of a brand to the one our façades show; others pass through. */
const brands: Readonly<Record<string, string>> = { MasterCard: 'Mastercard' };

/**
 * The card of a result document, the same elements in PxPay and PxPost. A number that is not masked as first six, dots,
 * last two is not passed on, whatever the reason it came.
 */
export function readCard(element: XmlElement): CardDetails | undefined {
  const maskedNumber = field(element, 'CardNumber');
  if (!/^\d{6}\.{5,11}\d{2}$/.test(maskedNumber)) return undefined;
  const brand = field(element, 'CardName');
  const expiry = field(element, 'DateExpiry');
  return {
    brand: brands[brand] ?? withoutNumbers(brand),
    maskedNumber,
    expiry: /^\d{4}$/.test(expiry) ? expiry : '',
    holderName: withoutNumbers(field(element, 'CardHolderName')),
  };
}

/** Text that came over the wire, without anything as long as a card number: payers type those into any box. */
export function withoutNumbers(text: string): string {
  return text.slice(0, 64).replace(/\d(?:[ -]?\d){8,}/g, '[number]');
}
