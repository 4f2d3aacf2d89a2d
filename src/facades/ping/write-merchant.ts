import type { Merchant, MerchantStatus } from '#core/merchants/merchant.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { methodsServed } from './methods.ts';
import { organisationFieldOf } from './read-merchant-body.ts';
import { merchantStatuses } from './wire.ts';

/** How far looking into a merchant has come, in the vendor's words for it. */
const kycStatuses = {
  created: 'UNVERIFIED',
  pending: 'PROCESSING',
  approved: 'APPROVED',
  denied: 'DENIED',
} as const satisfies Record<MerchantStatus, string>;

/** A merchant as facts A6 and the SDK's models have it. */
export function writeMerchant(tenant: Tenant, merchant: Merchant): Record<string, unknown> {
  const { organization, person } = organisationOf(tenant, merchant);
  const kyc = {
    status: kycStatuses[merchant.status],
    kyc_renewal_ongoing: false,
    latest_kyc_gathered_at: null,
  };
  return {
    id: merchant.id,
    name: merchant.name,
    email: null,
    phone_number: null,
    status: merchantStatuses[merchant.status],
    organization: organization === null ? null : { ...organization, kyc_information: kyc },
    person: person === null ? null : { ...person, kyc_information: kyc },
    payment_provider_methods: methodsServed(tenant.settings.connectors),
  };
}

type Given = Readonly<Record<string, unknown>>;

/** As it was given here, or made up of what another way in knows. */
function organisationOf(
  tenant: Tenant,
  { given, name, organisationNumber }: Merchant,
): { organization: Given | null; person: Given | null } {
  const { organization = null, person = null } = given as {
    organization?: Given | null;
    person?: Given | null;
  };
  if (organization !== null || person !== null) return { organization, person };
  return { organization: writeOrganisation(tenant.country, name, organisationNumber), person: null };
}

/** An organisation with its number in the field of its country. */
export function writeOrganisation(country: string, name: string, number: string | null): Given {
  const field = organisationFieldOf(country);
  return { country, name, ...(field === undefined || number === null ? {} : { [field]: number }) };
}
