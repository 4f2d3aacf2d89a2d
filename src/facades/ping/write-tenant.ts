import type { Tenant } from '#core/tenants/tenant.ts';
import { methodsServed } from './methods.ts';
import { writeOrganisation } from './write-merchant.ts';

/** The tenant as it sees itself (facts A6). There are no credit accounts here. */
export function writeTenant({
  id,
  name,
  country,
  settings,
  callbackPublicKey,
}: Tenant): Record<string, unknown> {
  const { callbackUrls } = settings;
  return {
    id,
    name,
    accounts: { credit: [] },
    organization: writeOrganisation(country, name, settings.organisationNumber ?? null),
    callback_signing_key: callbackPublicKey,
    credit_account_top_up_callback_url: callbackUrls?.creditTopUp ?? null,
    disbursement_callback_url: callbackUrls?.disbursement ?? null,
    merchant_status_callback_url: callbackUrls?.merchantStatus ?? null,
    payment_provider_methods: methodsServed(settings.connectors),
  };
}
