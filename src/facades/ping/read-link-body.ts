import type { Static } from 'typebox';
import type { CreateLinkInput } from '#core/links/create-link.ts';
import type { LinkItem, LinkMethod } from '#core/links/link.ts';
import { requireBrowserUrl, requireCallbackUrl } from '#core/tenants/check-urls.ts';
import { currency } from '#kit/currency.ts';
import { isEmail } from '#kit/email.ts';
import { CoreError, invalid, type Problem } from '#kit/errors.ts';
import type { MerchantId, OrderId } from '#kit/ids.ts';
import { normalisePhone } from '#kit/phone.ts';
import type { RouteRequest } from '../../http/facade.ts';
import { readLanguage } from './languages.ts';
import type { createLink } from './link-schemas.ts';
import { methodOf } from './methods.ts';
import { requireMessage } from './swish-parameters.ts';

export type LinkBody = Static<typeof createLink>;

/**
 * Reads a link to be made. The link comes in the seed's shape (`language`) or in the SDK's (`locale`, and then currency,
 * supplier.name and each item's merchant_id are required); neither or both is `validation_failed` (decision 7).
 */
export function readLinkBody({ body: given, core, call }: RouteRequest): CreateLinkInput {
  const body = given as LinkBody;
  requireOneShape(body);
  const { tenant } = call;
  const callbackUrl = body.payment_link_status_callback_url;
  return {
    orderId: body.payment_order_id.toLowerCase() as OrderId,
    ...(body.currency === undefined ? {} : { currency: currency(body.currency) }),
    amount: BigInt(body.total_amount),
    items: body.items.map((item) => readItem(item, body.merchant_id)),
    methods: body.payment_provider_methods.map(readMethod),
    customer: readCustomer(body, tenant.country),
    particulars: readParticulars(body, tenant.name, (property, url) =>
      requireBrowserUrl(tenant, property, url),
    ),
    dueDate: body.due_date ?? null,
    callbackUrl:
      callbackUrl === undefined
        ? null
        : requireCallbackUrl(core, tenant, 'payment_link_status_callback_url', callbackUrl),
  };
}

function requireOneShape(body: LinkBody): void {
  if ((body.language === undefined) === (body.locale === undefined)) {
    const both = body.language !== undefined;
    throw invalid(
      'locale',
      both ? 'unknown_field' : 'missing_field',
      'exactly one of language and locale is required',
    );
  }
  if (body.locale === undefined) return;
  const missing = [
    ...(body.currency === undefined ? ['currency'] : []),
    ...(body.supplier.name === undefined ? ['supplier.name'] : []),
    ...body.items.flatMap((item, index) =>
      item.merchant_id === undefined ? [`items.${index}.merchant_id`] : [],
    ),
  ];
  if (missing.length === 0) return;
  const problems = missing.map(
    (property): Problem => ({ property, problem: 'missing_field', description: `${property} is required` }),
  );
  throw new CoreError('validation_failed', problems[0]?.description ?? '', problems);
}

function readItem(item: LinkBody['items'][number], merchantId: string | undefined): LinkItem {
  const merchant = (item.merchant_id ?? merchantId)?.toLowerCase();
  return {
    description: item.description,
    quantity: item.quantity,
    unitMinor: item.price,
    vatBasisPoints: readVat(item.vat),
    unit: item.unit ?? 'st',
    merchantId: (merchant ?? null) as MerchantId | null,
    ...(item.metadata === undefined ? {} : { metadata: item.metadata }),
    given: item,
  };
}

/** A link's line as the payment that pays it names it. */
function toOrderItem(
  item: LinkBody['items'][number],
  merchantId: string | undefined,
): Record<string, unknown> {
  return {
    amount: item.price * item.quantity,
    name: item.description,
    vat_rate: readVat(item.vat) / 100,
    merchant_id: item.merchant_id ?? merchantId ?? null,
    metadata: item.metadata ?? {},
    tags: item.tags ?? [],
  };
}

/** Below one it is a fraction (the seed's 0.12), else percent (the SDK's 12): decision E-3. */
function readVat(vat: number): number {
  return Math.round(vat < 1 ? vat * 10_000 : vat * 100);
}

function readMethod(given: LinkBody['payment_provider_methods'][number], index: number): LinkMethod {
  if (given.provider === 'swish') {
    const property = `payment_provider_methods.${index}.parameters.swish_message`;
    requireMessage(property, given.parameters?.swish_message);
  }
  return {
    method: methodOf(given.provider, given.method),
    parameters: readParameters(given.parameters),
    given,
  };
}

/** The parameters a connector may need: those that are plain text. */
export function readParameters(given: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function readCustomer({ customer }: LinkBody, country: string): CreateLinkInput['customer'] {
  const phone = customer.phone === undefined ? null : normalisePhone(customer.phone, country);
  if (phone === undefined)
    throw invalid('customer.phone', 'invalid_format', 'customer.phone is not a phone number');
  if (customer.email !== undefined && !isEmail(customer.email)) {
    throw invalid('customer.email', 'invalid_format', 'customer.email is not an e-mail address');
  }
  return {
    firstName: customer.first_name,
    lastName: customer.last_name,
    email: customer.email ?? null,
    phone,
    reference: customer.reference ?? null,
  };
}

function readParticulars(
  body: LinkBody,
  tenantName: string,
  browserUrl: (property: string, url: string) => string,
): CreateLinkInput['particulars'] {
  const { supplier } = body;
  const written = readLanguage(body);
  return {
    language: written.ours,
    supplier: {
      name: supplier.name ?? tenantName,
      ...(supplier.city === undefined ? {} : { city: supplier.city }),
      ...(supplier.website === undefined
        ? {}
        : { website: browserUrl('supplier.website', supplier.website) }),
      ...(supplier.organization_number === undefined
        ? {}
        : { organisationNumber: supplier.organization_number }),
    },
    ...optionalUrl('logoUrl', 'logo_image_link', body.logo_image_link, browserUrl),
    ...optionalUrl('successUrl', 'checkout_success_url', body.checkout_success_url, browserUrl),
    ...optionalUrl('cancelUrl', 'checkout_cancel_url', body.checkout_cancel_url, browserUrl),
    paymentGiven: {
      order_items: body.items.map((item) => toOrderItem(item, body.merchant_id)),
      metadata: body.metadata ?? {},
    },
    ...(body.invoice_address == null ? {} : { invoiceAddress: readAddress(body.invoice_address) }),
    depositGiven: { provider: 'ping', method: 'deposit' },
    given: {
      language: written.language,
      locale: written.locale,
      merchant_id: body.merchant_id ?? null,
      delivery_address: body.delivery_address ?? null,
      invoice_address: body.invoice_address ?? null,
      supplier,
      customer: body.customer.phone === undefined ? {} : { phone: body.customer.phone },
      metadata: body.metadata ?? {},
    },
  };
}

function readAddress(address: NonNullable<LinkBody['invoice_address']>) {
  return { street: address.street_address, postalCode: address.zip, city: address.city };
}

function optionalUrl<Name extends string>(
  name: Name,
  property: string,
  url: string | undefined,
  browserUrl: (property: string, url: string) => string,
): { [key in Name]?: string } {
  return url === undefined ? {} : ({ [name]: browserUrl(property, url) } as { [key in Name]: string });
}
