import type { Static } from 'typebox';
import type { PracticeImport } from '#core/practice/import-practice.ts';
import type { Currency } from '#kit/currency.ts';
import { isEmail } from '#kit/email.ts';
import { invalid } from '#kit/errors.ts';
import { normalisePhone } from '#kit/phone.ts';
import type { practiceImport } from './practice-schemas.ts';

type Body = Static<typeof practiceImport>;

/** Reads what is imported of a practice system. `country` says how a national phone number is read. */
export function readPractice(body: Body, country: string): PracticeImport {
  return {
    department: (body.departments ?? []).map(({ externalId, name, currency, allowsLinks = true }) => ({
      externalId,
      fields: { name, currency: currency as Currency, allowsLinks },
      references: {},
    })),
    user: (body.users ?? []).map(({ externalId, username, firstName = '', lastName = '' }) => ({
      externalId,
      fields: { username, firstName, lastName },
      references: {},
    })),
    paymentmethod: (body.paymentMethods ?? []).map(({ externalId, name }) => ({
      externalId,
      fields: { name },
      references: {},
    })),
    client: (body.clients ?? []).map(
      ({ externalId, firstName = '', lastName = '', email = null, homeDepartment = null }, index) => ({
        externalId,
        fields: { firstName, lastName, email: readEmail(email, `clients.${index}.email`) },
        references: { homeDepartmentId: homeDepartment },
      }),
    ),
    phonenumber: (body.phoneNumbers ?? []).map(
      ({ externalId, client, number, description = '', preferred = false }, index) => ({
        externalId,
        fields: {
          number: readPhone(number, country, `phoneNumbers.${index}.number`),
          description,
          preferred,
        },
        references: { clientId: client },
      }),
    ),
    invoice: (body.invoices ?? []).map(
      ({ externalId, number = null, status, client, department, currency, total, due }, index) => {
        if (due > total)
          throw invalid(`invoices.${index}.due`, 'out_of_range', 'More cannot be due than the total.');
        return {
          externalId,
          fields: { number, status, currency: currency as Currency, totalMinor: total, dueMinor: due },
          references: { clientId: client, departmentId: department },
        };
      },
    ),
  };
}

function readEmail(email: string | null, property: string): string | null {
  if (email !== null && !isEmail(email))
    throw invalid(property, 'invalid_format', `${property} is not an e-mail address.`);
  return email;
}

function readPhone(number: string, country: string, property: string): string {
  const normal = normalisePhone(number, country);
  if (normal === undefined) throw invalid(property, 'invalid_format', `${property} is not a phone number.`);
  return normal;
}
