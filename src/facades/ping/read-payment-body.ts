import type { Static } from 'typebox';
import type { PaymentItem } from '#core/allocations/allocation.ts';
import type { InitiatePaymentInput } from '#core/payments/initiate-payment.ts';
import { requireBrowserUrl, requireCallbackUrl } from '#core/tenants/check-urls.ts';
import { currency } from '#kit/currency.ts';
import { invalid } from '#kit/errors.ts';
import type { MerchantId, OrderId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import type { RouteRequest } from '../../http/facade.ts';
import { methodOf } from './methods.ts';
import type { initiatePayment } from './order-schemas.ts';
import { readParameters } from './read-link-body.ts';
import { readSwishParameters } from './swish-parameters.ts';

export type PaymentBody = Static<typeof initiatePayment>;

/** The result a payment by `dummy` may be asked to have; CANCELLED is taken for ABORTED (decision E-5). */
const wishes: ReadonlySet<string> = new Set([
  'COMPLETED',
  'PENDING',
  'INITIATED',
  'DECLINED',
  'ABORTED',
  'CANCELLED',
  'EXPIRED',
  'CRASHED',
]);

/** Where a payment's parameters stand in its body. */
export const parametersProperty = 'provider_method_parameters';

/** Reads a payment to be initiated. The items must come to the total: here that is a 422 (decision E-7). */
export function readPaymentBody({ body: given, params, core, call }: RouteRequest): InitiatePaymentInput {
  const body = given as PaymentBody;
  const items = readOrderItems(body.order_items);
  const sum = items.reduce((total, { minor }) => total + BigInt(minor), 0n);
  if (sum !== BigInt(body.total_amount)) {
    throw invalid('total_amount', 'out_of_range', `the order items come to ${sum}, not to total_amount`);
  }
  const parameters =
    body.provider === 'swish'
      ? readSwishParameters(body.provider_method_parameters, {
          method: body.method,
          country: call.tenant.country,
          property: parametersProperty,
        })
      : readParameters(body.provider_method_parameters);
  requireWish(body, parameters);
  const callbackUrl = body.status_callback_url;
  return {
    orderId: (params.order_id ?? '').toLowerCase() as OrderId,
    method: methodOf(body.provider, body.method),
    amount: money(BigInt(body.total_amount), currency(body.currency)),
    parameters,
    particulars: {
      given: {
        provider: body.provider,
        method: body.method,
        order_items: body.order_items,
        metadata: body.metadata ?? {},
        payer: body.payer ?? null,
      },
      description: call.tenant.name,
      items,
      ...browserUrls(call, parameters),
    },
    callbackUrl:
      callbackUrl === undefined
        ? null
        : requireCallbackUrl(core, call.tenant, 'status_callback_url', callbackUrl),
  };
}

/**
 * Reads whose each item is: exactly one of two fields says it. What goes to an account of the tenant's own at the vendor
 * is the tenant's.
 */
export function readOrderItems(given: PaymentBody['order_items']): PaymentItem[] {
  const index = given.findIndex(
    (item) => (item.merchant_id === undefined) === (item.liquidity_account_id === undefined),
  );
  if (index >= 0) {
    throw invalid(
      `order_items.${index}.merchant_id`,
      'missing_field',
      'exactly one of merchant_id and liquidity_account_id is required',
    );
  }
  return given.map((item) => ({
    minor: item.amount,
    merchantId: (item.merchant_id?.toLowerCase() ?? null) as MerchantId | null,
    metadata: item.metadata ?? {},
  }));
}

function requireWish(body: PaymentBody, parameters: Readonly<Record<string, string>>): void {
  if (body.provider !== 'dummy') return;
  const wish = parameters.desired_payment_status;
  if (wish === undefined || wishes.has(wish)) return;
  throw invalid(
    'provider_method_parameters.desired_payment_status',
    'invalid_enum',
    `must be one of ${[...wishes].join(', ')}`,
  );
}

function browserUrls(
  call: RouteRequest['call'],
  parameters: Readonly<Record<string, string>>,
): { successUrl?: string; cancelUrl?: string } {
  const { success_url: success, cancel_url: cancel } = parameters;
  const check = (name: string, url: string) =>
    requireBrowserUrl(call.tenant, `provider_method_parameters.${name}`, url);
  return {
    ...(success === undefined ? {} : { successUrl: check('success_url', success) }),
    ...(cancel === undefined ? {} : { cancelUrl: check('cancel_url', cancel) }),
  };
}
