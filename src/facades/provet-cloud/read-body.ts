import type { Static } from 'typebox';
import type { CardKeeping } from '#core/links/link.ts';
import type { NewPostransactionInput } from '#core/postransactions/prepare-postransaction.ts';
import type { PracticeKind, PracticeObject } from '#core/practice/practice.ts';
import { requireBrowserUrl } from '#core/tenants/check-urls.ts';
import type { RouteRequest } from '#http/facade.ts';
import type { Medium } from '#kit/channel.ts';
import type { Currency } from '#kit/currency.ts';
import { isEmail } from '#kit/email.ts';
import { invalid } from '#kit/errors.ts';
import { type AmountProblem, parseDecimal } from '#kit/money.ts';
import { normalisePhone } from '#kit/phone.ts';
import { noSuchObject, readHyperlink } from './hyperlinks.ts';
import type { createPostransaction } from './schemas.ts';
import { paymentType, terminalId, transactionType } from './write.ts';

export type PostransactionBody = Static<typeof createPostransaction>;

/** Minutes a link lives where nobody says how long, and the most that may be said: 70 days. */
const usualMinutes = 2_880;
const maxMinutes = 70 * 24 * 60;

/** Seed 000, appendix; 3 where none is given. */
const deliveryMethods: readonly (readonly Medium[])[] = [[], ['sms', 'email'], ['email'], ['sms']];
const usualDelivery = 3;

const amountProblems = {
  'not a number': 'A valid number is required.',
  'too many decimals': 'Ensure that there are no more than 2 decimal places.',
  'not positive': 'Ensure this value is greater than 0.',
  'too large': 'Ensure that there are no more than 13 digits in total.',
} as const satisfies Record<AmountProblem, string>;

/** The language of a country's payers, of those the checkout speaks. */
const languages: Readonly<Record<string, string>> = {
  SE: 'sv',
  FI: 'fi',
  NO: 'nb',
  DK: 'da',
  DE: 'de',
  AT: 'de',
};

/** Reads a post-transaction to be made, with the objects it names. Errors are named as in the body. */
export async function readPostransactionBody(request: RouteRequest): Promise<NewPostransactionInput> {
  const { call } = request;
  const body = request.body as PostransactionBody;
  requireKnownValues(body);
  // Side by side, so that one statement reads them all.
  const [department, creator, { purpose, client }] = await Promise.all([
    findAt(request, 'department', 'department', body.department),
    body.creator ? findAt(request, 'user', 'creator', body.creator) : undefined,
    readPurpose(request, body),
  ]);
  requireSameDepartment(body, department);
  const data = body.payment_link_data;
  return {
    amount: readAmount(body.amount, department.fields.currency),
    department,
    creatorId: creator?.id ?? null,
    purpose,
    client,
    durationMinutes: readMinutes(data.duration),
    description: data.description || department.fields.name,
    language: languages[call.tenant.country] ?? 'en',
    returnUrl:
      data.return_url === undefined
        ? null
        : requireBrowserUrl(call.tenant, 'payment_link_data.return_url', data.return_url),
    ...readKeeping(data.tokenize ?? 'no', data.recurring_model ?? 'one-off'),
    media: readMedia(data.delivery_method),
    email: readEmail(data.email),
    phone: readPhone(data.phone, call.tenant.country),
  };
}

function requireKnownValues(body: PostransactionBody): void {
  const data = body.payment_link_data;
  requireChoice('terminal_id', body.terminal_id, [terminalId]);
  requireChoice('payment_type', body.payment_type, [paymentType]);
  requireChoice('transaction_type', body.transaction_type, [transactionType]);
  requireChoice('payment_link_data.tokenize', data.tokenize ?? 'no', ['yes', 'no', 'ask']);
  const models = ['subscription', 'one-off'];
  requireChoice('payment_link_data.recurring_model', data.recurring_model ?? 'one-off', models);
}

function requireChoice<Value>(property: string, value: Value, choices: readonly Value[]): void {
  if (!choices.includes(value))
    throw invalid(property, 'invalid_enum', `"${String(value)}" is not a valid choice.`);
}

/** Both were checked before. */
function readKeeping(tokenize: string, model: string): { keepsCard?: CardKeeping } {
  if (tokenize === 'no') return {};
  return { keepsCard: { asks: tokenize === 'ask', use: model === 'subscription' ? 'series' : 'single' } };
}

/** Exactly one of an invoice, named by address or by id, and a prepayment. */
async function readPurpose(
  request: RouteRequest,
  body: PostransactionBody,
): Promise<Pick<NewPostransactionInput, 'purpose' | 'client'>> {
  const invoice = await readInvoice(request, body);
  const prepayment = body.prepayment_data;
  if ((invoice === undefined) === (prepayment === undefined))
    throw invalid('non_field_errors', 'out_of_range', 'Give either an invoice or prepayment_data.');
  if (invoice !== undefined) {
    const client = await findById(request, 'client', 'invoice', BigInt(invoice.fields.clientId));
    return { purpose: { kind: 'invoice', invoice }, client };
  }
  const { client_id: clientId = 0, description = '' } = prepayment ?? {};
  const client = await findById(request, 'client', 'prepayment_data.client_id', BigInt(clientId));
  return { purpose: { kind: 'prepayment', description }, client };
}

function requireSameDepartment(
  { prepayment_data: prepayment }: PostransactionBody,
  department: PracticeObject<'department'>,
): void {
  if (prepayment !== undefined && BigInt(prepayment.department_id ?? 0) !== department.id)
    throw invalid('prepayment_data.department_id', 'out_of_range', 'This is not the department.');
}

async function readInvoice(
  request: RouteRequest,
  { invoice: address, payment_link_data: { invoice_id: id } }: PostransactionBody,
): Promise<PracticeObject<'invoice'> | undefined> {
  const property = 'payment_link_data.invoice_id';
  const byAddress = address ? await findAt(request, 'invoice', 'invoice', address) : undefined;
  const byId = id === undefined ? undefined : await findById(request, 'invoice', property, BigInt(id));
  if (byAddress !== undefined && byId !== undefined && byAddress.id !== byId.id)
    throw invalid(property, 'out_of_range', 'This is not the invoice.');
  return byAddress ?? byId;
}

/** The object of the book at an address, refused under the property that names it. */
export async function findAt<Kind extends PracticeKind>(
  request: RouteRequest,
  kind: Kind,
  property: string,
  address: string,
): Promise<PracticeObject<Kind>> {
  const provetId = request.params.provet_id ?? '';
  return findById(request, kind, property, readHyperlink(address, kind, { provetId, property }));
}

async function findById<Kind extends PracticeKind>(
  { batched, call }: RouteRequest,
  kind: Kind,
  property: string,
  id: bigint,
): Promise<PracticeObject<Kind>> {
  const found = await batched.practice.findObject(call.tenant, kind, id);
  if (found === undefined) throw noSuchObject(property);
  return found;
}

/** A number as it is written in full, or text: neither is rounded. */
function readAmount(given: number | string, currency: Currency): bigint {
  const amount = parseDecimal(String(given), currency);
  if (typeof amount === 'string') throw invalid('amount', 'out_of_range', amountProblems[amount]);
  return amount.minor;
}

function readMinutes(duration: number | undefined): number {
  const minutes = duration ?? usualMinutes;
  const property = 'payment_link_data.duration';
  if (minutes < 1)
    throw invalid(property, 'out_of_range', 'Ensure this value is greater than or equal to 1.');
  if (minutes > maxMinutes)
    throw invalid(property, 'out_of_range', `Ensure this value is less than or equal to ${maxMinutes}.`);
  return minutes;
}

function readMedia(method: number | undefined): readonly Medium[] {
  const media = deliveryMethods[method ?? usualDelivery];
  if (media !== undefined) return media;
  throw invalid('payment_link_data.delivery_method', 'invalid_enum', `"${method}" is not a valid choice.`);
}

function readEmail(email: string | undefined): string | null {
  if (email !== undefined && !isEmail(email))
    throw invalid('payment_link_data.email', 'invalid_format', 'Enter a valid email address.');
  return email ?? null;
}

function readPhone(phone: string | undefined, country: string): string | null {
  if (phone === undefined) return null;
  const normal = normalisePhone(phone, country);
  if (normal === undefined)
    throw invalid('payment_link_data.phone', 'invalid_format', 'The phone number entered is not valid.');
  return normal;
}
