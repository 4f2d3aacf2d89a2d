import type { Static } from 'typebox';
import type { PracticeImport } from '#core/practice/import-practice.ts';
import type { Imported } from '#core/practice/imported.ts';
import type { PracticeKind } from '#core/practice/practice.ts';
import type { Currency } from '#kit/currency.ts';
import { isEmail } from '#kit/email.ts';
import { invalid } from '#kit/errors.ts';
import { normalisePhone } from '#kit/phone.ts';
import type { PracticeList, practiceImport, practiceRows } from './practice-schemas.ts';

type Body = Static<typeof practiceImport>;

/** Of which kind the objects of a list are. */
export const kindOfList = {
  departments: 'department',
  users: 'user',
  clients: 'client',
  phoneNumbers: 'phonenumber',
  paymentMethods: 'paymentmethod',
  invoices: 'invoice',
} as const satisfies Record<PracticeList, PracticeKind>;

type Row<List extends PracticeList> = Static<(typeof practiceRows)[List]>;

type Read<List extends PracticeList> = (
  row: Row<List>,
  /** The name under which its properties are refused. */
  place: string,
  /** Says how a national phone number is read. */
  country: string,
) => Imported<(typeof kindOfList)[List]>;

/** Reads what is imported of a practice system, as one JSON body. */
export function readPractice(body: Body, country: string): PracticeImport {
  const read = <List extends PracticeList>(list: List) =>
    ((body[list] ?? []) as Row<List>[]).map((row, index) => {
      const place = `${list}.${index}`;
      return { ...rowReaders[list](row, place, country), place };
    });
  return {
    department: read('departments'),
    user: read('users'),
    paymentmethod: read('paymentMethods'),
    client: read('clients'),
    phonenumber: read('phoneNumbers'),
    invoice: read('invoices'),
  };
}

/** How an object of each list is read, once its schema has passed it. */
export const rowReaders: { readonly [List in PracticeList]: Read<List> } = {
  departments: ({ externalId, name, currency, allowsLinks = true }) => ({
    externalId,
    fields: { name, currency: currency as Currency, allowsLinks },
    references: {},
  }),
  users: ({ externalId, username, firstName = '', lastName = '' }) => ({
    externalId,
    fields: { username, firstName, lastName },
    references: {},
  }),
  paymentMethods: ({ externalId, name }) => ({ externalId, fields: { name }, references: {} }),
  clients: ({ externalId, firstName = '', lastName = '', email = null, homeDepartment = null }, place) => ({
    externalId,
    fields: { firstName, lastName, email: readEmail(email, `${place}.email`) },
    references: { homeDepartmentId: homeDepartment },
  }),
  phoneNumbers: ({ externalId, client, number, description = '', preferred = false }, place, country) => ({
    externalId,
    fields: { number: readPhone(number, country, `${place}.number`), description, preferred },
    references: { clientId: client },
  }),
  invoices: ({ externalId, number = null, status, client, department, currency, total, due }, place) => {
    if (due > total) throw invalid(`${place}.due`, 'out_of_range', 'More cannot be due than the total.');
    return {
      externalId,
      fields: { number, status, currency: currency as Currency, totalMinor: total, dueMinor: due },
      references: { clientId: client, departmentId: department },
    };
  },
};

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
