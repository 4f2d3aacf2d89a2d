/**
 * ISO 4217 minor-unit exponents. Written out because `Intl` follows CLDR, which differs from the standard for sixteen
 * real currencies (it says ISK 0 and HUF 2 rightly but, among others, IQD, LBP, IRR and AFN with no decimals).
 * Funds codes, metals and testing codes are left out: nobody can be paid in them.
 */
const byExponent: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY ' +
    'COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS ' +
    'INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR ' +
    'MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD ' +
    'SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
};

const exponents: ReadonlyMap<string, number> = new Map(
  Object.entries(byExponent).flatMap(([exponent, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(exponent)]),
  ),
);

/** An ISO 4217 alphabetic code, upper case. */
export type Currency = string & { readonly __currency: true };

/** The currency of an upper-case ISO code, or undefined where there is none in which anyone can be paid. */
export function findCurrency(code: string): Currency | undefined {
  return exponents.has(code) ? (code as Currency) : undefined;
}

/** The currency of a code the program itself wrote; an unknown one is a bug. */
export function currency(code: string): Currency {
  const found = findCurrency(code);
  if (found === undefined) throw new Error(`unknown currency ${code}`);
  return found;
}

/** How many decimals the minor unit has: 2 for SEK, 0 for JPY, 3 for KWD. */
export function exponentOf(code: Currency): number {
  const exponent = exponents.get(code);
  if (exponent === undefined) throw new Error(`unknown currency ${code}`);
  return exponent;
}

export const currencyCodes: readonly string[] = [...exponents.keys()].sort();
