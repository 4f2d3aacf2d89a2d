import type { Static } from 'typebox';
import type { NewMerchant } from '#core/merchants/create-merchant.ts';
import { invalid } from '#kit/errors.ts';
import type { RouteRequest } from '../../http/facade.ts';
import type { createMerchant } from './merchant-schemas.ts';

export type MerchantBody = Static<typeof createMerchant>;

/** In which field each country's number of an organisation stands (facts A6). */
const organisationFields = {
  SE: 'se_organization_number',
  NO: 'no_organization_number',
  DK: 'dk_organization_number',
  FI: 'fi_organization_number',
  DE: 'de_organization_number',
  AT: 'at_organization_number',
} as const satisfies Record<NonNullable<MerchantBody['organization']>['country'], string>;

const personFields = {
  SE: 'se_personal_identity_number',
  NO: 'no_identity_number',
  DK: 'dk_civil_registration_number',
} as const satisfies Record<NonNullable<MerchantBody['person']>['country'], string>;

/** Reads a merchant to be made: an organisation or a person, with the number its country gives it. */
export function readMerchantBody({ body: given }: RouteRequest): NewMerchant {
  const body = given as MerchantBody;
  const { organization = null, person = null } = body;
  if ((organization === null) === (person === null)) {
    const both = organization !== null;
    throw invalid(
      'organization',
      both ? 'unknown_field' : 'missing_field',
      'exactly one of organization and person is required',
    );
  }
  const organisationNumber =
    organization === null
      ? null
      : requireNumber('organization', organization, organisationFields[organization.country]);
  if (person !== null) requireNumber('person', person, personFields[person.country]);
  return { name: body.name, organisationNumber, status: 'created', given: { organization, person } };
}

function requireNumber<Field extends string>(
  property: string,
  given: { readonly [name in Field]?: string | null | undefined },
  field: Field,
): string {
  const number = given[field] ?? undefined;
  if (number !== undefined) return number;
  throw invalid(`${property}.${field}`, 'missing_field', `${property}.${field} is required`);
}

/** The field of a country that may be any of ours; another country's merchants have none. */
export function organisationFieldOf(country: string): string | undefined {
  return (organisationFields as Readonly<Record<string, string>>)[country];
}
