/** What makes two requests of a GET that moves money the same: what they would do, however it is spelt. */
type Query = Readonly<Record<string, string>>;

export function refundIdentity({ paymentId = '', amount = '' }: Query): string {
  return `${paymentId.toLowerCase()} ${plainDecimal(amount)}`;
}

export function completeIdentity({
  paymentId = '',
  amount = '',
  surcharge = '0',
  notes = '',
}: Query): string {
  return `${paymentId.toLowerCase()} ${plainDecimal(amount)} ${plainDecimal(surcharge)} ${notes}`;
}

/** `010.50` and `10.5` are one amount. */
function plainDecimal(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole.replace(/^0+(?=\d)/, '')}.${fraction.replace(/0+$/, '')}`;
}
