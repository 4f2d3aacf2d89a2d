import type { EnrolCardInput } from '#core/cards/enrol-card.ts';
import { requireBrowserUrl } from '#core/tenants/check-urls.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { type ClientBody, readClient } from './read-client.ts';
import { readCurrency } from './wire.ts';

interface CardBody {
  readonly RedirectUrl: string;
  readonly Currency?: string | null;
  readonly Client: ClientBody;
}

/** What the holder agrees to by entering a card that no plan asked for. */
const consent = 'Card on file: charged for invoices, orders and statements the client agrees to';

/** The currency of the vendor's country, where the request names none (decision 18). */
const usualCurrency = 'AUD';

export function readCardBody(body: CardBody, tenant: Tenant): EnrolCardInput {
  const redirectUrl = requireBrowserUrl(tenant, 'RedirectUrl', body.RedirectUrl);
  return {
    customer: readClient(body.Client),
    currency: readCurrency('Currency', body.Currency || usualCurrency),
    consent,
    particulars: ({ customerId, cardId }) => ({
      given: {},
      description: 'Card validation',
      ...returnUrls(redirectUrl, { clientId: customerId, paymentMethodId: cardId }),
    }),
  };
}

/**
 * Where the client goes from the processor's page, told what became of it. The address may have a query of its own,
 * which stays (decision 16).
 */
export function returnUrls(redirectUrl: string, ids: Readonly<Record<string, string>>) {
  const tell = (success: string, told: Readonly<Record<string, string>>) => {
    const url = new URL(redirectUrl);
    for (const [name, value] of Object.entries({ success, ...told })) url.searchParams.set(name, value);
    return url.href;
  };
  const { paymentMethodId: _none, ...without } = ids;
  return {
    successUrl: tell('true', ids),
    cancelUrl: tell('false', without),
    pendingUrl: tell('pending', without),
  };
}
