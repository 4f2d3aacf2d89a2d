/** Numbers that the field checks by a digit of their own. */

const routingWeights = [3, 7, 1, 3, 7, 1, 3, 7] as const;

/** The ninth digit of an ABA routing number whose first eight are `digits`. */
export function routingCheckDigit(digits: string): number {
  const sum = routingWeights.reduce((total, weight, index) => total + weight * digitAt(digits, index), 0);
  return (10 - (sum % 10)) % 10;
}

/** Whether the text is an ABA routing number: nine digits, the last of them right. */
export function isRoutingNumber(text: string): boolean {
  return /^\d{9}$/.test(text) && routingCheckDigit(text) === digitAt(text, 8);
}

/** Whether the text is a National Provider Identifier: ten digits, Luhn over `80840` and them. */
export function isNpi(text: string): boolean {
  return /^\d{10}$/.test(text) && isLuhn(`80840${text}`);
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digitAt(digits, digits.length - 1 - index);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function digitAt(digits: string, index: number): number {
  return digits.charCodeAt(index) - 48;
}
