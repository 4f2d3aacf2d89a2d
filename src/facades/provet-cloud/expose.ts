/** Relations that a caller wants to see whole: `?expose_<field>`, as the vendor's page "Expose" has it. */
import type { Postransaction } from '#core/postransactions/postransaction.ts';
import { readPostransactions } from '#core/postransactions/read-postransactions.ts';
import type { PracticeKind } from '#core/practice/practice.ts';
import { readPracticeObjects } from '#core/practice/read-practice.ts';
import type { RouteRequest } from '#http/facade.ts';
import { invalid } from '#kit/errors.ts';
import { idIn, type Resource } from './hyperlinks.ts';
import { type WriteMeans, writeInvoicePayment, writePostransaction, writeUnallocated } from './write.ts';
import { type Body, meansOf, writeObjects } from './written.ts';

const prefix = 'expose_';

/** Whether this of a query asks for a relation to be shown whole. */
export function isExposure(name: string): boolean {
  return name.startsWith(prefix);
}

/**
 * What each field that can be exposed leads to. The vendor shows its own lists on its pages only: ours has every relation to
 * one object, so that an answer has no more in it than its page is long.
 */
const exposable = {
  postransaction: {
    invoice: 'invoice',
    department: 'department',
    payment_method: 'paymentmethod',
    payment: 'invoicepayment',
    unallocated_payment: 'unallocatedpayment',
    refunded_transaction: 'postransaction',
    creator: 'user',
  },
  invoice: { client: 'client', department: 'department' },
  invoicepayment: { invoice: 'invoice', payment_method: 'paymentmethod', postransaction: 'postransaction' },
  unallocatedpayment: { client: 'client', department: 'department', postransaction: 'postransaction' },
  client: { home_department: 'department' },
  phonenumber: { client: 'client' },
  hook: { department: 'department' },
  department: {},
  user: {},
  paymentmethod: {},
} as const satisfies Record<Resource, Readonly<Record<string, Exposed>>>;

type Exposed = Exclude<Resource, 'hook' | 'phonenumber'>;

/**
 * The objects with each relation that was asked for in the place of its address, one level deep, whatever the value of
 * the parameter. A field that is none, or no relation, is `validation_failed`.
 */
export async function expose(
  request: RouteRequest,
  resource: Resource,
  objects: readonly Body[],
): Promise<readonly Body[]> {
  let shown = objects;
  for (const name of Object.keys(request.query).filter(isExposure)) {
    const field = name.slice(prefix.length);
    const fields: Readonly<Record<string, Exposed>> = exposable[resource];
    const target = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (target === undefined)
      throw invalid(name.slice(0, 60), 'unknown_field', `A ${resource} has no such field to expose.`);
    shown = await exposeField(request, field, target, shown);
  }
  return shown;
}

async function exposeField(
  request: RouteRequest,
  field: string,
  target: Exposed,
  objects: readonly Body[],
): Promise<readonly Body[]> {
  const idOf = (one: Body) => (one[field] === null ? undefined : idIn(String(one[field])));
  const ids = [...new Set(objects.flatMap((one) => idOf(one) ?? []))];
  const found = ids.length === 0 ? [] : await readers[target](request, ids);
  const byId = new Map(found.map((one) => [BigInt(one.id as number), one]));
  return objects.map((one) => {
    const whole = byId.get(idOf(one) ?? -1n);
    return whole === undefined ? one : { ...one, [field]: whole };
  });
}

type Read = (request: RouteRequest, ids: readonly bigint[]) => Promise<Body[]>;

const readers = {
  department: ofPractice('department'),
  user: ofPractice('user'),
  client: ofPractice('client'),
  paymentmethod: ofPractice('paymentmethod'),
  invoice: ofPractice('invoice'),
  postransaction: ofPostransactions(writePostransaction),
  invoicepayment: ofPostransactions(writeInvoicePayment),
  unallocatedpayment: ofPostransactions(writeUnallocated),
} satisfies Record<Exposed, Read>;

function ofPractice(kind: PracticeKind): Read {
  return async (request, ids) =>
    writeObjects(request, kind, await readPracticeObjects(request.core, request.call.tenant, kind, ids));
}

function ofPostransactions(write: (one: Postransaction, means: WriteMeans) => Body): Read {
  return async (request, ids) => {
    const { core, call } = request;
    const [found, means] = await Promise.all([readPostransactions(core, call.tenant, ids), meansOf(request)]);
    return found.map((one) => write(one, means));
  };
}
