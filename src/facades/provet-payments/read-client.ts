import type { CustomerChange } from '#core/customers/change-customer.ts';
import type { CustomerInput } from '#core/customers/take-customer.ts';
import { isEmail } from '#kit/email.ts';
import { invalid } from '#kit/errors.ts';

/** A Client as it comes over the wire; every field may be left out or null. */
export interface ClientBody {
  readonly Id?: string | null;
  readonly FirstName?: string | null;
  readonly LastName?: string | null;
  readonly Phone?: string | null;
  readonly Email?: string | null;
  readonly Address?: Readonly<Record<string, string | null>> | null;
}

/**
 * An existing client by its id, whatever else is sent with it (decision 19), or a new one, who must have a name. The
 * telephone number is kept as it was given: numbers of any country come here.
 */
export function readClient(body: ClientBody): CustomerInput {
  if (body.Id !== undefined && body.Id !== null && body.Id !== '') return { id: body.Id };
  const { firstName = null, lastName = null, email = null, phone = null, address = null } = readChange(body);
  if (firstName === null && lastName === null)
    throw invalid('Client.LastName', 'missing_field', 'A new client needs a name; an existing one its Id.');
  return { firstName, lastName, email, phone, address, reference: null };
}

/** What is to be changed: what is absent stays, null and the empty text take away. */
export function readChange(body: ClientBody, property = 'Client.Email'): CustomerChange {
  const email = orNull(body.Email);
  if (typeof email === 'string' && !isEmail(email))
    throw invalid(property, 'invalid_format', `${property} is not an e-mail address.`);
  const fields = {
    firstName: orNull(body.FirstName),
    lastName: orNull(body.LastName),
    email,
    phone: orNull(body.Phone),
    address: body.Address === undefined ? undefined : readAddress(body.Address),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const addressFields = ['Line1', 'Line2', 'Suburb', 'State', 'Postcode', 'Country'] as const;

function readAddress(body: ClientBody['Address']): Record<string, string> | null {
  const given = addressFields.flatMap((name) => {
    const value = body?.[name];
    return value === undefined || value === null || value === '' ? [] : [[name, value] as const];
  });
  return given.length === 0 ? null : Object.fromEntries(given);
}

function orNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}
