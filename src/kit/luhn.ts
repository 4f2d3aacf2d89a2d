/** The check digit of cards, bank references and giro numbers: Luhn's, modulo 10. */

/** Whether the last digit is the check digit of those before it. `digits` holds nothing but digits. */
export function passesLuhn(digits: string): boolean {
  return weigh(digits, 0) % 10 === 0;
}

/** The digit that makes `digits` pass when it is put behind them. */
export function luhnDigit(digits: string): string {
  return String((10 - (weigh(digits, 1) % 10)) % 10);
}

/** Every second digit counts double, from the right, beginning with the one at `shift` ≡ 1. */
function weigh(digits: string, shift: 0 | 1): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = (index + shift) % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}
