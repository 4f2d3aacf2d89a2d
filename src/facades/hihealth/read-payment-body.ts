import type { CreateClaimInput } from '#core/claims/create-claim.ts';
import { requireBrowserUrl, requireCallbackUrl } from '#core/tenants/check-urls.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { currency } from '#kit/currency.ts';
import { invalid, type Problem } from '#kit/errors.ts';
import { parseDecimal } from '#kit/money.ts';
import type { RouteRequest } from '../../http/facade.ts';

const euro = currency('EUR');

const captures = { AUTO: 'now', MANUAL: 'later' } as const;

/** A documented body in our words. What is wrong is `validation_failed`, naming the property. */
export function readPaymentBody({ core, call, body, headers }: RouteRequest): CreateClaimInput {
  const { tenant } = call;
  const amount = readCents('amount.total', body.amount.total);
  if (amount === 0n) throw outOfRange('amount.total', 'amount.total is not positive');
  const { callback } = body.merchantUrls;
  const mode: keyof typeof captures = body.cardCaptureMode ?? 'AUTO';
  const keyless = headers['x-api-key'] === undefined ? (tenant.settings.keylessHosts ?? []) : undefined;
  const redirect = (name: string) => readRedirect(tenant, name, body.merchantUrls[name], keyless);
  return {
    currency: euro,
    amount,
    ...readBreakdown(body, amount),
    reference: body.merchantReference ?? null,
    capture: captures[mode],
    prescriptionRequired: body.prescriptionRequired ?? false,
    successUrl: redirect('successRedirect'),
    failureUrl: redirect('failureRedirect'),
    cancelUrl: redirect('cancelRedirect'),
    callbackUrl:
      callback === undefined ? null : requireCallbackUrl(core, tenant, 'merchantUrls.callback', callback),
  };
}

type Breakdown = Pick<CreateClaimInput, 'tax' | 'shipping' | 'subtotal'>;

/** The breakdown in any of its three places (decision h11); what is left out is nothing, or the whole. */
function readBreakdown(body: RouteRequest['body'], total: bigint): Breakdown {
  const { tax, shipping, subtotal, details } = body.amount;
  const inAmount = { tax, shipping, subtotal };
  const isGiven = Object.values(inAmount).some((value) => value !== undefined);
  const [given, path] = isGiven
    ? [inAmount, 'amount']
    : details === undefined
      ? [body.amountDetails ?? {}, 'amountDetails']
      : [details, 'amount.details'];
  const read = (name: keyof Breakdown, absent: bigint) =>
    given[name] === undefined ? absent : readCents(`${path}.${name}`, given[name]);
  return { tax: read('tax', 0n), shipping: read('shipping', 0n), subtotal: read('subtotal', total) };
}

const problems = {
  'not a number': 'invalid_format',
  'too many decimals': 'invalid_format',
  'not positive': 'out_of_range',
  'too large': 'out_of_range',
} as const satisfies Record<string, Problem['problem']>;

/** Euros as cents, exactly: the shortest decimal text of a JSON number is what was written. */
function readCents(property: string, value: number): bigint {
  if (value === 0) return 0n;
  const amount = parseDecimal(String(value), euro);
  if (typeof amount === 'string') throw invalid(property, problems[amount], `${property} is ${amount}`);
  return amount.minor;
}

function readRedirect(
  tenant: Tenant,
  name: string,
  text: string,
  allowedHosts: readonly string[] | undefined,
): string {
  const property = `merchantUrls.${name}`;
  const url = requireBrowserUrl(tenant, property, text);
  // It goes into a header as it is, and a header is ASCII.
  if (!/^[\x21-\x7e]+$/.test(url))
    throw invalid(property, 'invalid_format', `${property} has characters that have to be percent-encoded`);
  if (allowedHosts !== undefined && !allowedHosts.includes(new URL(url).hostname))
    throw outOfRange(
      property,
      `${property} leads to a host that is not registered for payments without a key`,
    );
  return url;
}

function outOfRange(property: string, description: string) {
  return invalid(property, 'out_of_range', description);
}
