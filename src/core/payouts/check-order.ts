import { isCalendarDate } from '#kit/calendar.ts';
import { CoreError, type Problem } from '#kit/errors.ts';
import { isNpi, isRoutingNumber } from '#kit/us-identifiers.ts';
import { checkBalance } from './check-balance.ts';
import { deliveryOf, hasRemittance, type PayoutOrder } from './order.ts';

/** The most an ACH entry can carry: its amount field has ten digits. */
const maxEntryCents = 9_999_999_999;

/** More problems than this help nobody. */
const maxProblems = 20;

/**
 * Holds an order, whose shape is right, to the rules that a shape cannot say. Throws `validation_failed` with a problem
 * for each property, or an UnbalancedError.
 */
export function checkOrder(order: PayoutOrder): void {
  const problems = [
    ...checkIdentifiers(order),
    ...checkDates(order),
    ...checkDelivery(order),
    ...checkCounts(order),
  ].slice(0, maxProblems);
  const [first] = problems;
  if (first !== undefined) throw new CoreError('validation_failed', sayIt(first), problems);
  checkBalance(order);
}

function sayIt({ property, description }: Problem): string {
  return `${property}: ${description}`;
}

function problem(property: string, description: string): Problem {
  return { property, problem: 'invalid_format', description };
}

function checkIdentifiers({ payeeDetails, claimLevelInformation = [] }: PayoutOrder): Problem[] {
  const { npi, bankAccount } = payeeDetails;
  const providers = claimLevelInformation.map(({ renderingProvider }) => renderingProvider?.npi);
  return [
    ...(npi !== undefined && !isNpi(npi) ? [problem('payeeDetails.npi', 'the check digit is wrong')] : []),
    ...(bankAccount !== undefined && !isRoutingNumber(bankAccount.routingNumber)
      ? [problem('payeeDetails.bankAccount.routingNumber', 'the check digit is wrong')]
      : []),
    ...providers.flatMap((one, index) =>
      one === undefined || isNpi(one)
        ? []
        : [problem(`claimLevelInformation.${index}.renderingProvider.npi`, 'the check digit is wrong')],
    ),
  ];
}

function checkDates(order: PayoutOrder): Problem[] {
  const dates: (readonly [string, string | undefined])[] = [
    ...(order.claimLevelInformation ?? []).flatMap((claim, index) => {
      const path = `claimLevelInformation.${index}`;
      return [
        [`${path}.serviceDateFrom`, claim.serviceDateFrom] as const,
        [`${path}.serviceDateTo`, claim.serviceDateTo] as const,
        [`${path}.receivedDate`, claim.receivedDate] as const,
        ...(claim.serviceLines ?? []).map(
          (line, at) => [`${path}.serviceLines.${at}.serviceDate`, line.serviceDate] as const,
        ),
      ];
    }),
    ...(order.providerLevelAdjustment ?? []).map(
      (one, index) => [`providerLevelAdjustment.${index}.fiscalPeriodDate`, one.fiscalPeriodDate] as const,
    ),
  ];
  return dates.flatMap(([property, date]) =>
    date === undefined || isCalendarDate(date)
      ? []
      : [problem(property, 'is not a day of the calendar, YYYY-MM-DD')],
  );
}

function checkDelivery(order: PayoutOrder): Problem[] {
  const { payeeDetails, shippingDetails } = order;
  const method = deliveryOf(order);
  if (method === 'ACH') {
    if (payeeDetails.bankAccount === undefined)
      return [missing('payeeDetails.bankAccount', 'is required for ACH')];
    return order.amount > maxEntryCents
      ? [{ ...problem('amount', 'is more than an ACH entry can carry'), problem: 'out_of_range' }]
      : [];
  }
  const hasAddress = payeeDetails.address !== undefined || shippingDetails !== undefined;
  return method === 'CHECK' && !hasAddress
    ? [missing('payeeDetails.address', 'is required for a check')]
    : [];
}

function checkCounts(order: PayoutOrder): Problem[] {
  const { numberOfClaims, claimLevelInformation = [], payeeDetails } = order;
  return [
    ...(numberOfClaims !== undefined && numberOfClaims !== claimLevelInformation.length
      ? [
          problem(
            'numberOfClaims',
            `does not equal the ${claimLevelInformation.length} of claimLevelInformation`,
          ),
        ]
      : []),
    ...(hasRemittance(order) && payeeDetails.npi === undefined && payeeDetails.tin === undefined
      ? [missing('payeeDetails.npi', 'npi or tin is required where there are claims or adjustments')]
      : []),
  ];
}

function missing(property: string, description: string): Problem {
  return { property, problem: 'missing_field', description };
}
